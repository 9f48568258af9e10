{{/*
What secrets look like. Helm would show a value that its schema refuses, so they are looked at here. Of the broker's addresses
only parameters that are heeded are taken, by Go's client and by Node's: what is ignored could be what protects.
*/}}
{{- define "gorder.secretPatterns" -}}
mongodb.url: ^mongodb(\+srv)?://[^#]+$
mysql.url: ^mysql://[^#]+/[^#]+$
redis.host: ^(\[[0-9a-fA-F:.]+\]|[^\s:/@\[\]]+):[0-9]+$
keep.connectionString: ^[^:/@\s]+:[^/\s]*@tcp\([^()/\s]+\)/(\?[^/\s]*)?$
keep.database: ^[A-Za-z0-9_]+$
rabbitmq.connectionString: ^amqps?://[^?#\s]+(\?((auth_mechanism|cacertfile|certfile|keyfile|server_name_indication|heartbeat|connection_timeout|channel_max)=[^&#\s]+&?)+)?$
stripe.secretKey: ^\S{8,}$
stripe.webhookSecret: ^\S{16,}
session.secret: ^.{32,}$
appToken.token: ^\S{16,}$
apiToken.token: ^\S{16,}$
consul.token: ^\S+$
staffSession.secret: ^.{32,}$
staffRabbitmq.connectionString: ^amqps?://[^?#\s]+(\?((heartbeat|channelMax|frameMax|maxFrameSize|locale)=[^&#\s]+&?)+)?$
{{- end }}

{{/*
The release whose Dapr components are in this namespace already, if it is another than this one. By Helm's own mark: labels
may be anybody's, as Argo CD's are.
*/}}
{{- define "gorder.otherRelease" -}}
{{- $others := list -}}
{{- range list "pubsub" "statestore" "keepstore" "lockstore" -}}
{{- if not (has . $.Values.dapr.ownComponents) -}}
{{- $component := lookup "dapr.io/v1alpha1" "Component" $.Release.Namespace . -}}
{{- $release := dig "metadata" "annotations" "meta.helm.sh/release-name" $.Release.Name $component -}}
{{- if ne $release $.Release.Name }}{{ $others = append $others $release }}{{ end -}}
{{- end -}}
{{- end -}}
{{- join " and " (uniq $others) -}}
{{- end }}

{{/* Refuses what cannot work, all of it in one line, each by the name of its value. */}}
{{- define "gorder.check" -}}
{{- $faults := list -}}
{{- $values := .Values -}}
{{/* Offline (helm template, helm lint) Helm knows the APIs that it was built with, and this is not one of them. */}}
{{- $connected := .Capabilities.APIVersions.Has "apiregistration.k8s.io/v1" -}}
{{- if not (include "gorder.publicUrl" .) }}
{{- $faults = append $faults "publicUrl is missing: where customers' browsers find the shop, such as https://shop.example.com" }}
{{- end }}
{{- $made := include "gorder.secrets" . | fromYaml }}
{{- $patterns := include "gorder.secretPatterns" . | fromYaml }}
{{- range $kind, $keys := include "gorder.secretKeys" . | fromYaml }}
{{- $name := (index $values $kind).existingSecret }}
{{- if $name }}
{{- /* Whether it is there is not asked: who renders for others (Argo CD) sees no cluster, and it may come with them. */}}
{{- range $key, $_ := (index $values $kind).keys | default dict }}
{{- if not (has $key $keys) }}
{{- $faults = append $faults (printf "%s.keys.%s: there is no such key, only %s" $kind $key (join ", " $keys)) }}
{{- end }}
{{- end }}
{{- else }}
{{- range $key, $_ := (index $values $kind).keys | default dict }}
{{- $faults = append $faults (printf "%s.keys.%s names a key of %s.existingSecret, which is not set" $kind $key $kind) }}
{{- end }}
{{- range without $keys "password" "clientSecret" }}
{{- $key := printf "%s.%s" $kind . }}
{{- $value := index (index $made $kind) . }}
{{- if not $value }}
{{- $faults = append $faults (printf "%s or %s.existingSecret is missing" $key $kind) }}
{{- else if not (regexMatch (index $patterns $key) $value) }}
{{- $faults = append $faults (printf "%s does not look like one: it does not match %s" $key (index $patterns $key)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- $oidc := compact (list $values.oidc.jwksUrl $values.oidc.issuer $values.oidc.audience) }}
{{- if and $oidc (lt (len $oidc) 3) }}
{{- $faults = append $faults "oidc.jwksUrl, oidc.issuer and oidc.audience go together" }}
{{- end }}
{{- if and $oidc $values.customerOidc.issuer }}
{{- $faults = append $faults "oidc and customerOidc exclude each other: where a provider vouches for all customers there are no guests to be offered an account" }}
{{- end }}
{{- if and $values.staff.enabled (not $values.staffOidc.issuer) }}
{{- $faults = append $faults "staffOidc.issuer is missing: the OpenID provider that vouches for the staff; or leave their service out with staff.enabled=false" }}
{{- end }}
{{- if and $values.gateway.enabled (not $values.gateway.parentRefs) }}
{{- $faults = append $faults "gateway.parentRefs is missing: the gateways to be reached by" }}
{{- end }}
{{- if and (or $values.redis.cluster $values.redis.sentinelMaster) (not (has "lockstore" $values.dapr.ownComponents)) }}
{{- $faults = append $faults "redis.cluster and redis.sentinelMaster are for the state alone: Dapr's lock works with a single Redis and no other, so bring a lockstore of your own and name it in dapr.ownComponents" }}
{{- end }}
{{- if and $values.redis.cluster $values.redis.sentinelMaster }}
{{- $faults = append $faults "redis.cluster and redis.sentinelMaster exclude each other" }}
{{- end }}
{{- if and $values.caBundle.pem (not (contains "-----BEGIN CERTIFICATE-----" $values.caBundle.pem)) }}
{{- $faults = append $faults "caBundle.pem holds no certificate in PEM" }}
{{- end }}
{{- if and (or $values.ingress.enabled $values.gateway.enabled) $values.networkPolicy.enabled (not $values.networkPolicy.front) }}
{{- $faults = append $faults "networkPolicy.front is missing: the pods of the gateway or the Ingress controller, whom the services let in" }}
{{- end }}
{{- if and $values.ingress.enabled $values.gateway.enabled }}
{{- $faults = append $faults "ingress.enabled and gateway.enabled exclude each other" }}
{{- end }}
{{- if $connected }}
{{- if not (.Capabilities.APIVersions.Has "dapr.io/v1alpha1/Component") }}
{{- $faults = append $faults "Dapr is not installed in this cluster: helm install dapr dapr/dapr -n dapr-system --create-namespace -f k8s/dapr-values.yaml" }}
{{- else }}
{{- with include "gorder.otherRelease" . }}
{{- $faults = append $faults (printf "the namespace %s is the release %s's already, and app ids and Dapr's components are a namespace's, whatever fullnameOverride is: install into a namespace of its own" $.Release.Namespace .) }}
{{- end }}
{{- end }}
{{- if and $values.keda.enabled (not (.Capabilities.APIVersions.Has "keda.sh/v1alpha1/ScaledObject")) }}
{{- $faults = append $faults "keda.enabled: KEDA is not installed in this cluster" }}
{{- end }}
{{- if and $values.gateway.enabled (not (.Capabilities.APIVersions.Has "gateway.networking.k8s.io/v1/HTTPRoute")) }}
{{- $faults = append $faults "gateway.enabled: the Gateway API is not installed in this cluster" }}
{{- end }}
{{- if and $values.monitoring.rules.enabled (not (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1/PrometheusRule")) }}
{{- $faults = append $faults "monitoring.rules.enabled: the Prometheus operator is not installed in this cluster" }}
{{- end }}
{{- if and $values.monitoring.serviceMonitor.enabled (not (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1/ServiceMonitor")) }}
{{- $faults = append $faults "monitoring.serviceMonitor.enabled: the Prometheus operator is not installed in this cluster" }}
{{- end }}
{{- end }}
{{- $atServers := include "gorder.sidecarAtServers" . | fromYaml }}
{{- range $annotation, $_ := $values.dapr.sidecar.annotations }}
{{- if hasKey $atServers $annotation }}
{{- $faults = append $faults (printf "dapr.sidecar.annotations: %s is the chart's own where there is a caBundle or a token for Consul" $annotation) }}
{{- end }}
{{- end }}
{{- range $name, $_ := include "gorder.services" . | fromYaml }}
{{- $settings := include "gorder.settings" (dict "root" $ "name" $name) | fromYaml }}
{{- range $settings.extraEnv }}
{{- if hasKey $settings.env .name }}
{{- $faults = append $faults (printf "%s.extraEnv and %s.env both set %s" $name $name .name) }}
{{- end }}
{{- end }}
{{- $volumes := list }}
{{- range $settings.extraVolumes }}{{ $volumes = append $volumes .name }}{{ end }}
{{- range $settings.extraVolumeMounts }}
{{- if not (has .name $volumes) }}
{{- $faults = append $faults (printf "%s.extraVolumeMounts: there is no volume %s in %s.extraVolumes" $name .name $name) }}
{{- end }}
{{- end }}
{{- range list "config" "gorder-ca" "consul-token" }}
{{- if has . $volumes }}
{{- $faults = append $faults (printf "%s.extraVolumes: %s is the name of the chart's own volume" $name .) }}
{{- end }}
{{- end }}
{{- range $settings.initContainers }}
{{- if has .name (list "wait-for-consul" $name) }}
{{- $faults = append $faults (printf "%s.initContainers: %s is the name of the chart's own container" $name .name) }}
{{- end }}
{{- end }}
{{- if gt (int $settings.autoscaling.minReplicas) (int $settings.autoscaling.maxReplicas) }}
{{- $faults = append $faults (printf "%s.autoscaling: minReplicas is above maxReplicas" $name) }}
{{- end }}
{{- end }}
{{- range $name, $_ := $values.image.digests }}
{{- if not (hasKey ($.Files.Get "files/services.json" | fromJson) $name) }}
{{- $faults = append $faults (printf "image.digests.%s: there is no such service" $name) }}
{{- end }}
{{- end }}
{{- range $label, $_ := $values.commonLabels }}
{{- if regexMatch "^(app\\.kubernetes\\.io|helm\\.sh|gorder)/" $label }}
{{- $faults = append $faults (printf "commonLabels: %s is a label of the chart's own" $label) }}
{{- end }}
{{- end }}
{{- with $values.generatedSecrets.seed }}
{{- if lt (len .) 32 }}
{{- $faults = append $faults "generatedSecrets.seed has fewer than 32 characters" }}
{{- end }}
{{- end }}
{{- if $faults }}{{ fail (join "; " $faults) }}{{ end }}
{{- end }}
