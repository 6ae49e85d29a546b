import type { Shape } from './shape.ts';

/**
 * The fields of the Kubernetes API that our manifests use, by kind. A field that is not here is misspelt, in the wrong
 * place, or new: then it is looked up in the API's reference and added.
 */
const metadata: Shape = { name: 'string', namespace: 'string', labels: 'map', annotations: 'map' };
const selector: Shape = {
  matchLabels: 'map',
  matchExpressions: [{ key: 'string', operator: 'string', values: ['string'] }],
};

const probe: Shape = {
  httpGet: { path: 'string', port: 'number or string' },
  tcpSocket: { port: 'number or string' },
  exec: { command: ['string'] },
  periodSeconds: 'number',
  timeoutSeconds: 'number',
  failureThreshold: 'number',
};

const variable: Shape = {
  name: 'string',
  value: 'string',
  valueFrom: { secretKeyRef: { name: 'string', key: 'string' }, fieldRef: { fieldPath: 'string' } },
};

const container: Shape = {
  name: 'string',
  image: 'string',
  command: ['string'],
  args: ['string'],
  env: [variable],
  envFrom: [{ configMapRef: { name: 'string' } }],
  ports: [{ name: 'string', containerPort: 'number' }],
  volumeMounts: [{ name: 'string', mountPath: 'string', subPath: 'string', readOnly: 'boolean' }],
  securityContext: {
    allowPrivilegeEscalation: 'boolean',
    readOnlyRootFilesystem: 'boolean',
    capabilities: { drop: ['string'] },
  },
  resources: { requests: { cpu: 'string', memory: 'string' }, limits: { memory: 'string' } },
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  lifecycle: { preStop: { sleep: { seconds: 'number' }, exec: { command: ['string'] } } },
};

const volume: Shape = {
  name: 'string',
  emptyDir: { medium: 'string', sizeLimit: 'string' },
  configMap: { name: 'string' },
  secret: { secretName: 'string', defaultMode: 'number', items: [{ key: 'string', path: 'string' }] },
};

const pod: Shape = {
  metadata: { labels: 'map', annotations: 'map' },
  spec: {
    automountServiceAccountToken: 'boolean',
    enableServiceLinks: 'boolean',
    terminationGracePeriodSeconds: 'number',
    securityContext: {
      runAsNonRoot: 'boolean',
      runAsUser: 'number',
      runAsGroup: 'number',
      fsGroup: 'number',
      seccompProfile: { type: 'string' },
    },
    topologySpreadConstraints: [
      { maxSkew: 'number', topologyKey: 'string', whenUnsatisfiable: 'string', labelSelector: selector },
    ],
    containers: [container],
    volumes: [volume],
  },
};

const workload = { replicas: 'number', minReadySeconds: 'number', selector, template: pod } as const;
const peer: Shape = { podSelector: selector, namespaceSelector: selector, ipBlock: { cidr: 'string' } };
const ports: Shape = [{ protocol: 'string', port: 'number' }];
const scalingRules: Shape = {
  stabilizationWindowSeconds: 'number',
  policies: [{ type: 'string', value: 'number', periodSeconds: 'number' }],
};

const kinds: Readonly<Record<string, Shape>> = {
  Namespace: {},
  ConfigMap: { data: 'map' },
  Deployment: {
    spec: {
      ...workload,
      strategy: {
        type: 'string',
        rollingUpdate: { maxSurge: 'number or string', maxUnavailable: 'number or string' },
      },
    },
  },
  StatefulSet: { spec: { ...workload, serviceName: 'string', podManagementPolicy: 'string' } },
  Service: {
    spec: {
      clusterIP: 'string',
      publishNotReadyAddresses: 'boolean',
      selector: 'map',
      ports: [{ name: 'string', port: 'number', targetPort: 'number or string' }],
    },
  },
  PodDisruptionBudget: { spec: { minAvailable: 'number or string', selector } },
  NetworkPolicy: {
    spec: {
      podSelector: selector,
      policyTypes: ['string'],
      ingress: [{ from: [peer], ports }],
      egress: [{ to: [peer], ports }],
    },
  },
  HorizontalPodAutoscaler: {
    spec: {
      scaleTargetRef: { apiVersion: 'string', kind: 'string', name: 'string' },
      minReplicas: 'number',
      maxReplicas: 'number',
      metrics: [
        {
          type: 'string',
          pods: { metric: { name: 'string' }, target: { type: 'string', averageValue: 'string' } },
        },
      ],
      behavior: { scaleUp: scalingRules, scaleDown: scalingRules },
    },
  },
  Ingress: {
    spec: {
      tls: [{ hosts: ['string'], secretName: 'string' }],
      rules: [
        {
          host: 'string',
          http: {
            paths: [
              {
                path: 'string',
                pathType: 'string',
                backend: { service: { name: 'string', port: { name: 'string' } } },
              },
            ],
          },
        },
      ],
    },
  },
  HTTPRoute: {
    spec: {
      parentRefs: [{ name: 'string', namespace: 'string' }],
      hostnames: ['string'],
      rules: [
        {
          matches: [{ path: { type: 'string', value: 'string' } }],
          timeouts: { request: 'string', backendRequest: 'string' },
          backendRefs: [{ name: 'string', port: 'number' }],
        },
      ],
    },
  },
};

/** The shape of a whole manifest of this kind. @throws on a kind that none of ours has. */
export function shapeOf(kind: string): Shape {
  const own = kinds[kind];
  if (own === undefined) throw new Error(`No manifest of ours is a ${kind} yet.`);
  return { apiVersion: 'string', kind: 'string', metadata, ...(own as object) };
}
