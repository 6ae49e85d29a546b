/** 512 short, common, unlike words: nine bits each. */
export const WORDS: readonly string[] = `
acorn actor agent alarm album alley alpha amber angle apple apron arena armor arrow aspen atlas
attic autumn badge bagel baker ball balloon bamboo banana banjo barn basil basin basket beach beacon
beam bean bear beaver bell belt bench berry bike birch bird biscuit bison blanket blender block
blossom blue boat bonus book boot border bottle bowl box brain branch brass bread breeze brick
bridge broom brown brush bubble bucket buffalo bulb bundle bus bush butter button cabin cable cactus
cake camel camera camp canal candle canoe canvas canyon carbon cargo carpet carrot castle cat cave
cedar cello cement chain chair chalk cheese cherry chess chest chief chili circle circus city clay
cliff clock cloud clover coach coast coat cobalt cocoa coffee coin comet compass copper coral corn
cotton couch cousin crab cradle crane crater crayon cream creek cricket crown crystal cube cup
curtain daisy dance dawn deer delta denim desert desk diary dinner dolphin donkey door dragon drawer
dream drum duck dune eagle earth easel echo eclipse eight elbow elephant elm ember emerald engine
envelope eraser evening fabric falcon farm feather fence fern ferry fiddle field fig film finch fire
fish flag flame flash flute foam fog folder forest fork fossil fountain fox frame friend frog frost
fruit galaxy garage garden garlic gate gecko ghost giant ginger giraffe glacier glass globe glove
goat gold goose grain granite grape grass gravel green guitar hammer hamster harbor harp hat hawk
hazel heart hedge helmet heron hill hippo hockey honey hood hook horizon horse hotel house husky ice
igloo indigo ink iris iron island ivory ivy jacket jade jaguar jam jar jasmine jazz jelly jet jewel
jungle juniper kayak kettle key kite kitten kiwi knight koala ladder lagoon lake lamp lantern laptop
lark lava lawn leaf lemon lentil lever library lilac lily lime linen lion lizard llama lobster
locket lotus lunar magnet mango maple marble market meadow medal melon meteor metro mint mirror
mitten monkey moon moose morning mosaic moss motor mountain mouse muffin museum mushroom music
napkin nectar needle nest night noodle north notebook nutmeg oak oasis ocean octopus olive onion
opal opera orange orbit orchard orchid otter oven owl oyster paddle paint palace palm panda panther
paper parade park parrot pasta path peach peacock peanut pear pearl pebble pelican pencil penguin
pepper piano picnic pigeon pillow pilot pine pink planet plum pocket poem polar pond pony poppy
potato prairie prism puffin pumpkin puppet purple puzzle quail quartz queen quilt rabbit radar radio
radish rain raven record red reef ribbon rice river robin robot rocket roof rope rose ruby saddle
saffron sail salad salmon salt sand sandal satin saturn sauce scarf school scooter sea seal seed
shadow shark shelf shell ship shore silk silver sketch sky sled sloth snail snow soap sofa solar
sparrow spice spider spinach spiral spoon spring spruce square squirrel stable star station steam
stone storm stove straw stream summer sun surf swan sweater syrup table tango tea temple tennis tent
theater thistle thunder ticket tiger timber toast tomato topaz torch tortoise tower toy tractor
train travel tree trumpet tulip
`
  .trim()
  .split(/\s+/);
