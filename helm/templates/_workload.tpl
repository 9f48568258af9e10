{{/*
A service: its Deployment, Service and account, and what keeps enough of its pods. The list of services says whether it
has a sidecar and a port for gRPC. Takes root, name, env (a list of environment variables, as text), and volume and
mountPath, if any.
*/}}
{{- define "gorder.workload" -}}
{{- $root := .root }}
{{- $name := .name }}
{{- $object := include "gorder.name" . }}
{{- $service := index (include "gorder.services" .root | fromYaml) .name }}
{{- $settings := include "gorder.settings" . | fromYaml }}
{{- $labels := include "gorder.labels" . }}
{{- $byKeda := include "gorder.byKeda" . }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $object }}
  labels: {{- $labels | nindent 4 }}
spec:
  {{- if not (or $settings.autoscaling.enabled $byKeda) }}
  replicas: {{ $settings.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  # A new pod is ready before an old one is told to end.
  strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
  selector:
    matchLabels: {{- include "gorder.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "gorder.podLabels" . | nindent 8 }}
        {{- with $settings.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        kubectl.kubernetes.io/default-container: {{ $name }}
        {{- if $service.sidecar }}
        {{- include "gorder.sidecar" . | nindent 8 }}
        # What is read only once restarts its readers when it changes.
        checksum/dapr: {{ include "gorder.daprChecksum" . }}
        checksum/secrets: {{ include "gorder.secretsChecksum" . }}
        {{- end }}
        {{- with .checksum }}
        checksum/config: {{ . }}
        {{- end }}
        {{- with $settings.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ $object }}
      {{- include "gorder.podBasics" $root | nindent 6 }}
      terminationGracePeriodSeconds: 45
      {{- with $settings.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      topologySpreadConstraints:
        {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
        - topologyKey: {{ . }}
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "gorder.selector" $ | nindent 14 }}
          matchLabelKeys: [pod-template-hash]
        {{- end }}
      {{- $waits := and $service.sidecar (eq $root.Values.nameResolution "consul") }}
      {{- if or $waits $settings.initContainers }}
      initContainers:
        {{- if $waits }}
        {{- include "gorder.waitForConsul" . | nindent 8 }}
        {{- end }}
        {{- with $settings.initContainers }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      containers:
        - name: {{ $name }}
          image: {{ include "gorder.image" . | quote }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          ports:
            {{- if $service.front }}
            - { name: http, containerPort: 8080 }
            {{- end }}
            {{- if $service.grpc }}
            - { name: grpc, containerPort: 8081 }
            {{- end }}
            # For probes: guests cannot fill it.
            - { name: health, containerPort: 8082 }
          {{- $extra := list }}
          {{- range $settings.extraEnv }}{{ $extra = append $extra .name }}{{ end }}
          env:
            {{- range include "gorder.ownEnv" (merge (dict "service" $service) .) | fromYamlArray }}
            {{- if not (or (hasKey $settings.env .name) (has .name $extra)) }}
            - {{- toYaml . | nindent 14 }}
            {{- end }}
            {{- end }}
            {{- include "gorder.env" $settings.env | nindent 12 }}
            {{- with $settings.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- with $settings.envFrom }}
          envFrom: {{- toYaml . | nindent 12 }}
          {{- end }}
          startupProbe:
            httpGet: { path: /healthz, port: health }
            periodSeconds: 1
            failureThreshold: 60
          readinessProbe:
            httpGet: { path: {{ ternary "/readyz" "/healthz" (hasKey $service "sidecar") }}, port: health }
            periodSeconds: 2
            timeoutSeconds: 3
            failureThreshold: 2
          livenessProbe:
            httpGet: { path: /healthz, port: health }
            periodSeconds: 10
            timeoutSeconds: 5
          lifecycle:
            # Others send for a moment what they were told before.
            preStop: { sleep: { seconds: 3 } }
          resources: {{- toYaml $settings.resources | nindent 12 }}
          securityContext: {{- include "gorder.containerSecurity" $settings.readOnlyRootFilesystem | nindent 12 }}
          # What it says last is what "kubectl describe pod" shows.
          terminationMessagePolicy: FallbackToLogsOnError
          {{- $ca := ternary (include "gorder.caConfigMap" $root) "" (hasKey $service "sidecar") }}
          {{- if or .mountPath $ca $settings.extraVolumeMounts }}
          volumeMounts:
            {{- with .mountPath }}
            - { name: config, mountPath: {{ . }}, readOnly: true }
            {{- end }}
            {{- if $ca }}
            {{- include "gorder.caMount" $root | nindent 12 }}
            {{- end }}
            {{- with $settings.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- end }}
      {{- $reaching := ternary (include "gorder.serverVolumes" $root | trim) "" (hasKey $service "sidecar") }}
      {{- if or .volume $reaching $settings.extraVolumes }}
      volumes:
        {{- with .volume }}
        - name: config
          {{- toYaml . | nindent 10 }}
        {{- end }}
        {{- with $reaching }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with $settings.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      {{- range $where := list "nodeSelector" "tolerations" "affinity" }}
      {{- with index $settings $where }}
      {{ $where }}: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $object }}
  labels: {{- $labels | nindent 4 }}
spec:
  selector: {{- include "gorder.selector" . | nindent 4 }}
  ports:
    {{- if $service.front }}
    - { name: http, port: 8080, targetPort: http, appProtocol: http }
    {{- end }}
    {{- if $service.grpc }}
    - { name: grpc, port: 8081, targetPort: grpc, appProtocol: kubernetes.io/h2c }
    {{- end }}
    {{- if $service.sidecar }}
    - { name: health, port: 8082, targetPort: health }
    - { name: sidecar-metrics, port: 9090, targetPort: 9090 }
    {{- end }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $object }}
  labels: {{- $labels | nindent 4 }}
  {{- with $settings.serviceAccountAnnotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $object }}
  labels: {{- $labels | nindent 4 }}
spec:
  maxUnavailable: {{ $settings.disruption.maxUnavailable }}
  # A pod that does not work anyway keeps no node from being drained.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "gorder.selector" . | nindent 6 }}
{{- if and $settings.autoscaling.enabled (not $byKeda) }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $object }}
  labels: {{- $labels | nindent 4 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ $object }} }
  minReplicas: {{ $settings.autoscaling.minReplicas }}
  maxReplicas: {{ $settings.autoscaling.maxReplicas }}
  metrics:
    - type: ContainerResource
      containerResource:
        container: {{ $name }}
        name: cpu
        target: { type: Utilization, averageUtilization: {{ $settings.autoscaling.cpuUtilization }} }
{{- end }}
{{- end }}
