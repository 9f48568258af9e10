{{/* What secrets look like. Helm would show a value that its schema refuses, so they are looked at here. */}}
{{- define "gorder.secretPatterns" -}}
mongodb.url: ^mongodb(\+srv)?://
mysql.url: ^mysql://.+/.+
redis.host: ^(\[[0-9a-fA-F:.]+\]|[^\s:/@\[\]]+):[0-9]+$
keep.connectionString: ^[^:/@\s]+:[^/\s]*@tcp\([^()/\s]+\)/(\?[^/\s]*)?$
keep.database: ^[A-Za-z0-9_]+$
rabbitmq.connectionString: ^amqps?://
stripe.secretKey: ^\S{8,}$
stripe.webhookSecret: ^\S{16,}
session.secret: ^.{32,}$
appToken.token: ^\S{16,}$
apiToken.token: ^\S{16,}$
consul.token: ^\S+$
staffSession.secret: ^.{32,}$
staffRabbitmq.connectionString: ^amqps?://
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
{{- $data := (lookup "v1" "Secret" $.Release.Namespace $name).data | default dict }}
{{- range $keys }}
{{- if and $connected (not (hasKey $data .)) }}
{{- $faults = append $faults (printf "the secret %s (%s.existingSecret) with the key %s is not in the namespace %s" $name $kind . $.Release.Namespace) }}
{{- end }}
{{- end }}
{{- else }}
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
{{- if and $values.ingress.enabled $values.gateway.enabled }}
{{- $faults = append $faults "ingress.enabled and gateway.enabled exclude each other" }}
{{- end }}
{{- if $connected }}
{{- if not (.Capabilities.APIVersions.Has "dapr.io/v1alpha1/Component") }}
{{- $faults = append $faults "Dapr is not installed in this cluster: helm install dapr dapr/dapr -n dapr-system --create-namespace -f k8s/dapr-values.yaml" }}
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
{{- if $faults }}{{ fail (join "; " $faults) }}{{ end }}
{{- end }}
