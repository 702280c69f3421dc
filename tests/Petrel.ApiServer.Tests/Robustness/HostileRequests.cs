using System.Text;

namespace Petrel.ApiServer.Tests.Robustness;

/// <summary>An endless row of hostile requests; the same seed makes the same row. None of them stores anything.</summary>
internal sealed class HostileRequests
{
    private const string Core = "/api/v1/namespaces/default/";

    /// <summary>Collections and an object for each.</summary>
    public static readonly (string Path, string Object)[] Kinds =
    [
        (Core + "configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","labels":{"a":"b"},"ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u"}]},"data":{"k":"v"},"binaryData":{"b":"AAEC"},"immutable":false}"""),
        (Core + "secrets", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"},"stringData":{"k":"v"},"data":{"b":"AAEC"},"type":"Opaque"}"""),
        (Core + "pods", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i","command":["a"],"env":[{"name":"E","value":"1"},{"name":"F","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],"ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"1","memory":"1Gi"}},"livenessProbe":{"httpGet":{"path":"/","port":"http"},"periodSeconds":1},"securityContext":{"runAsUser":1,"capabilities":{"add":["X"]}},"volumeMounts":[{"name":"v","mountPath":"/v"}]}],"volumes":[{"name":"v","projected":{"sources":[{"configMap":{"name":"c","items":[{"key":"k","path":"p"}]}}]}}],"tolerations":[{"key":"k","operator":"Exists"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"In","values":["b"]}]}]}}},"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"t","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"a":"b"}}}],"dnsConfig":{"options":[{"name":"n"}]}}}"""),
        (Core + "services", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"x"},"spec":{"selector":{"a":"b"},"ports":[{"name":"p","port":80,"targetPort":"http","protocol":"TCP"}],"type":"NodePort","sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":10}},"externalIPs":["1.2.3.4"],"ipFamilies":["IPv4"],"clusterIP":"10.96.0.77"}}"""),
        ("/apis/apps/v1/namespaces/default/deployments", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"},"matchExpressions":[{"key":"c","operator":"Exists"}]},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":"25%","maxUnavailable":1}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}"""),
        ("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings", """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"x"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},"subjects":[{"kind":"User","name":"u","apiGroup":"rbac.authorization.k8s.io"}]}"""),
        ("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", """{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"x"},"addressType":"IPv4","endpoints":[{"addresses":["1.2.3.4"],"conditions":{"ready":true},"hints":{"forZones":[{"name":"z"}]}}],"ports":[{"name":"p","port":80,"protocol":"TCP"}]}"""),
        ("/apis/coordination.k8s.io/v1/namespaces/default/leases", """{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"x"},"spec":{"holderIdentity":"h","leaseDurationSeconds":10,"renewTime":"2024-01-01T00:00:00.000000Z"}}"""),
        ("/apis/events.k8s.io/v1/namespaces/default/events", """{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"x"},"eventTime":"2024-01-01T00:00:00.000000Z","reportingController":"a/b","reportingInstance":"i","action":"A","reason":"R","type":"Normal","regarding":{"kind":"Pod","namespace":"default","name":"p"}}"""),
        ("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"get","resource":"pods","fieldSelector":{"requirements":[{"key":"a","operator":"In","values":["b"]}]}}}}"""),
        ("/apis/authentication.k8s.io/v1/tokenreviews", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"eyJhbGciOiJSUzI1NiJ9.e30.AA","audiences":["a"]}}"""),
        ("/api/v1/nodes", """{"apiVersion":"v1","kind":"Node","metadata":{"name":"x"},"spec":{"podCIDR":"10.1.0.0/24","podCIDRs":["10.1.0.0/24"],"taints":[{"key":"a","effect":"NoSchedule"}]},"status":{"capacity":{"cpu":"1"}}}"""),
    ];

    private static readonly string[] Parameters =
    [
        "limit", "continue", "resourceVersion", "resourceVersionMatch", "fieldSelector", "labelSelector", "timeoutSeconds", "timeout", "dryRun", "fieldManager", "fieldValidation", "pretty", "force", "gracePeriodSeconds", "orphanDependents",
        "propagationPolicy", "includeObject", "sendInitialEvents", "allowWatchBookmarks", "", "x",
    ];

    private static readonly string[] ParameterValues =
    [
        "", "abc", "-1", "0", "99999999999999999999", "1e3", "%00", "%ff%fe", "true", "All", "Exact", "NotOlderThan", "a=b", "a in (b", "!", "a==b==c", "((((((((", ",,,,", "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjoiLi4vLi4ifQ",
        "eyJ2IjoxfQ", "bnVsbA", "W10", "Strict", "Orphan", "1s", "5", "%F0%9F%98%80", "metadata.name=x", "metadata.name", "a%20notin%20()", "x%0Ay", "..%2f..", "18446744073709551615",
    ];

    private static readonly (string Name, string Value)[] BadHeaders =
    [
        ("Accept", "application/json;as=Table;v=v9;g=x"), ("Accept", "x"), ("Accept", "*/*;q=2"), ("Accept", "application/json;as=;g="), ("Accept", ";;;,,,"), ("Accept", "application/cbor"), ("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"),
        ("Accept", "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io"), ("Accept", "application/yaml;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"),
        ("Impersonate-User", ""), ("Impersonate-Group", "g"), ("Impersonate-Extra-%zz", "v"), ("Impersonate-Uid", "u"), ("Impersonate-User", "system:serviceaccount::"),
        ("Authorization", "Bearer"), ("Authorization", "Bearer a.b.c"), ("Authorization", "Basic %%%"), ("Authorization", "Negotiate x"), ("If-Match", "\""), ("Accept-Encoding", "gzip;q=x, br"), ("Content-Encoding", "gzip"), ("Expect", "100-continue"),
        ("X-Stream-Protocol-Version", "v99"), ("Connection", "Upgrade"), ("X-Forwarded-For", "' or 1=1"),
    ];

    private static readonly string[] OddPaths =
    [
        "/api", "/apis//v1", "/api/v1/namespaces//pods", "/api/v1/namespaces/..%2f..%2f/pods", "/api/v1/pods/%2e%2e", "/api/v1/namespaces/default/pods/x/exec/y/z", "/api/v1/namespaces/default/pods/x/proxy/%2e%2e/%2e%2e",
        "/api/v1/watch", "/apis/apps/v1/namespaces/default/deployments/x/scale/y", "/apis/apps", "/apis/apps/v2/deployments", "/openapi/v3/..", "/healthz/../../etc/passwd", "/version/x", "/api/v1/namespaces/default/pods/%ff%fe",
        "/api/v1/namespaces/" + "x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x", "/api/v1/namespaces/default/configmaps/" + "%F0%9F%98%80", "/metrics/x", "/debug", "/api//v1//pods", "/api/v1/namespaces/default/serviceaccounts/default/token", "/api/v1/namespaces/default/finalize",
    ];

    private readonly Random _random;
    private readonly HostileBodies _bodies;

    public HostileRequests(int seed)
    {
        _random = new Random(seed);
        _bodies = new HostileBodies(_random);
    }

    public HostileRequest Next() => _random.Next(13) switch
    {
        0 or 1 => Write(_bodies.Broken(Kind.Object), "application/json"),
        2 or 3 => Write(Encoding.UTF8.GetBytes(_bodies.Mistyped(Kind.Object)), "application/json"),
        4 => Write(_bodies.Deep(), _random.Next(2) == 0 ? "application/json" : "application/yaml"),
        5 => Write(Encoding.UTF8.GetBytes(_bodies.Yaml()), "application/yaml"),
        6 => Write(_bodies.Protobuf(), "application/vnd.kubernetes.protobuf"),
        7 => Query(),
        8 => Headers(),
        9 or 10 => Patch(),
        11 => new(Pick("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"), Pick(OddPaths)) { Body = _random.Next(2) == 0 ? null : _bodies.Broken("{}") },
        _ => new("DELETE", Kind.Path + "/x?dryRun=All")
        {
            Body = _bodies.Broken("""{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":1,"preconditions":{"uid":"u"},"propagationPolicy":"Orphan","dryRun":["All"]}"""),
            ContentType = Pick("application/json", "application/yaml", "application/vnd.kubernetes.protobuf"),
        },
    };

    private (string Path, string Object) Kind => Kinds[_random.Next(Kinds.Length)];

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private HostileRequest Write(byte[] body, string contentType)
    {
        var path = Kind.Path;
        var options = Pick("dryRun=All", "dryRun=All&fieldValidation=Strict", "dryRun=All&fieldValidation=Ignore");
        return _random.Next(3) switch
        {
            0 => new("PUT", $"{path}/x?{options}") { Body = body, ContentType = contentType },
            1 => new("PUT", $"{path}/x/{Pick("status", "scale", "x")}?{options}") { Body = body, ContentType = contentType },
            _ => new("POST", $"{path}?{options}") { Body = body, ContentType = contentType },
        };
    }

    private HostileRequest Query()
    {
        var query = string.Join('&', Enumerable.Range(0, _random.Next(1, 5)).Select(_ => $"{Pick(Parameters)}={Pick(ParameterValues)}"));
        return _random.Next(4) switch
        {
            0 => new("DELETE", $"{Kind.Path}/none?{query}"),
            1 => new("GET", $"{Kind.Path}/x?{query}"),
            2 => new("POST", $"{Kind.Path}?{query}&dryRun=All") { Body = "{}"u8.ToArray() },
            _ => new("GET", $"{Kind.Path}?{query}"),
        };
    }

    private HostileRequest Headers()
    {
        var headers = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => BadHeaders[_random.Next(BadHeaders.Length)]).DistinctBy(static header => header.Name);
        return new(Pick("GET", "DELETE", "POST"), Kind.Path + Pick("", "/none"))
        {
            Headers = headers.ToDictionary(static header => header.Name, static header => header.Value),
            ContentType = Pick("", "x", "application/json; charset=utf-7", "application/cbor", "text/plain", "multipart/form-data; boundary=x", "application/json-patch+json", ";", "application/json, application/yaml"),
            Body = _random.Next(2) == 0 ? null : "{"u8.ToArray(),
        };
    }

    private HostileRequest Patch()
    {
        var (type, body) = _random.Next(4) switch
        {
            0 => ("application/json-patch+json", JsonPatch()),
            1 => ("application/merge-patch+json", Encoding.UTF8.GetBytes(_random.Next(2) == 0 ? _bodies.Mistyped(Kind.Object) : Pick("null", "[]", "\"x\"", """{"metadata":null}""", """{"kind":null,"apiVersion":7}""", """{"metadata":{"managedFields":[{"fieldsV1":7}]}}"""))),
            2 => ("application/strategic-merge-patch+json", Strategic()),
            _ => ("application/apply-patch+yaml", _random.Next(3) switch
            {
                0 => Encoding.UTF8.GetBytes(_bodies.Yaml()),
                1 => Encoding.UTF8.GetBytes(_bodies.Mistyped(Kind.Object)),
                _ => _bodies.Deep(),
            }),
        };
        var isApply = type.StartsWith("application/apply", StringComparison.Ordinal);
        var target = Pick("/x", "/kubernetes", "/kube-root-ca.crt", "/x/status", "/x/scale");
        return new("PATCH", $"{Kind.Path}{target}?dryRun=All{(isApply ? "&fieldManager=m&force=" + Pick("true", "false") : "")}") { Body = body, ContentType = type };
    }

    private byte[] JsonPatch()
    {
        var path = Pick("/data/k", "/metadata/labels/a", "/spec/ports/0", "/spec/ports/99999999999", "/spec/ports/-", "/spec/ports/-9", "", "/", "//", "/metadata", "/metadata/name", "/~2/~", "/spec/ports/0/port/x", "data", "/kind", "/metadata/managedFields");
        var operation = $$"""{"op":"{{Pick("add", "remove", "replace", "test", "move", "copy", "x", "")}}","path":"{{path}}","from":"{{Pick("/data", "", "/metadata", "/metadata/labels")}}","value":{{Pick("1", "null", "{}", "[[]]", "\"x\"", "{\"a\":{\"b\":[]}}")}}}""";
        return _random.Next(4) switch
        {
            // A document that doubles with every operation.
            0 => Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("""{"op":"copy","from":"/metadata","path":"/metadata/x"}""", _random.Next(10, 4000))) + "]"),
            1 => _bodies.Broken("[" + operation + "]"),
            2 => Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat(operation, _random.Next(1, 12_000))) + "]"),
            _ => Encoding.UTF8.GetBytes("[" + operation + "]"),
        };
    }

    private byte[] Strategic() => Encoding.UTF8.GetBytes(_random.Next(3) switch
    {
        0 => _bodies.Mistyped(Kind.Object),
        1 => Pick(
            """{"$patch":"nonsense"}""", """{"spec":{"$patch":7}}""", """{"spec":{"containers":[{"$patch":"delete"}]}}""", """{"spec":{"$setElementOrder/containers":7}}""", """{"$retainKeys":7}""", """{"data":{"$patch":"replace"}}""",
            """{"metadata":{"$deleteFromPrimitiveList/finalizers":{}}}""", """{"spec":{"ports":[{"$patch":"merge"}],"$setElementOrder/ports":[{"x":1}]}}""", """{"metadata":{"ownerReferences":[{"uid":null}]}}""", """{"spec":{"ports":[7,null,"x"]}}""",
            """{"$patch":"delete"}""", """{"$setElementOrder/":[]}""", """{"$deleteFromPrimitiveList/":[]}"""),
        _ => Encoding.UTF8.GetString(_bodies.Broken("""{"spec":{"$setElementOrder/ports":[{"port":80}],"ports":[{"port":80,"$patch":"delete"}],"selector":{"$patch":"replace","a":"b"}}}""")),
    });
}
