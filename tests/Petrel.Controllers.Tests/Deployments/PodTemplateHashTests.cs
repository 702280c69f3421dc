using System.Text;
using Petrel.Api;
using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Schema;
using Petrel.Controllers.Deployments;
using Xunit;

namespace Petrel.Controllers.Tests.Deployments;

public sealed class PodTemplateHashTests
{
    private const string Nginx = """{"metadata":{"labels":{"app":"nginx"}},"spec":{"containers":[{"name":"nginx","image":"nginx"}]}}""";

    private const string CoreDns = """
        {"metadata":{"labels":{"k8s-app":"kube-dns"}},"spec":{
          "priorityClassName":"system-cluster-critical","serviceAccountName":"coredns","dnsPolicy":"Default","nodeSelector":{"kubernetes.io/os":"linux"},
          "affinity":{"podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":100,"podAffinityTerm":{
            "labelSelector":{"matchExpressions":[{"key":"k8s-app","operator":"In","values":["kube-dns"]}]},"topologyKey":"kubernetes.io/hostname"}}]}},
          "tolerations":[{"key":"CriticalAddonsOnly","operator":"Exists"},{"key":"node-role.kubernetes.io/control-plane","effect":"NoSchedule"}],
          "containers":[{"name":"coredns","image":"registry.k8s.io/coredns/coredns:v1.12.0","imagePullPolicy":"IfNotPresent",
            "resources":{"limits":{"memory":"170Mi"},"requests":{"cpu":"100m","memory":"70Mi"}},"args":["-conf","/etc/coredns/Corefile"],
            "volumeMounts":[{"name":"config-volume","mountPath":"/etc/coredns","readOnly":true}],
            "ports":[{"containerPort":53,"name":"dns","protocol":"UDP"},{"containerPort":53,"name":"dns-tcp","protocol":"TCP"},{"containerPort":9153,"name":"metrics","protocol":"TCP"}],
            "livenessProbe":{"httpGet":{"path":"/health","port":8080,"scheme":"HTTP"},"initialDelaySeconds":60,"timeoutSeconds":5,"successThreshold":1,"failureThreshold":5},
            "readinessProbe":{"httpGet":{"path":"/ready","port":8181,"scheme":"HTTP"}},
            "securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"add":["NET_BIND_SERVICE"],"drop":["ALL"]},"readOnlyRootFilesystem":true}}],
          "volumes":[{"name":"config-volume","configMap":{"name":"coredns","items":[{"key":"Corefile","path":"Corefile"}]}}]}}
        """;

    // A Kubernetes 1.33 server gave these names.
    [Theory]
    [InlineData("1", "fbbb486d7")]
    [InlineData("2", "5d75fdd86d")]
    public void The_hash_is_upstreams(string version, string expected) => Assert.Equal(expected, PodTemplateHash.Of(Template(version), null));

    // Names that everybody knows: of "kubectl create deployment nginx --image=nginx", and of the CoreDNS that kubeadm 1.33 installs.
    [Theory]
    [InlineData(Nginx, "5869d7778c")]
    [InlineData(CoreDns, "674b8bbfcf")]
    public void Known_templates_have_their_known_names(string template, string expected)
    {
        var json = $$$"""{"spec":{"template":{{{template}}}}}""";
        var deployment = JsonDecoder.Decode<Deployment>(Encoding.UTF8.GetBytes(json), new DecodeProblems());
        Assert.Equal(expected, PodTemplateHash.Of(((Deployment)deployment.WithDefaults()).Spec.Template, null));
    }

    [Fact]
    public void Collisions_give_other_hashes() =>
        Assert.Equal(3, new[] { null, (int?)0, 1 }.Select(static count => PodTemplateHash.Of(Template("1"), count)).Distinct().Count());

    [Fact]
    public void Whatever_a_template_sets_is_printed_as_go_prints_it()
    {
        var template = new PodTemplateSpec
        {
            Spec = new()
            {
                Volumes = [new Volume { Name = "v{", ConfigMap = new() { Name = "m", Items = [new KeyToPath { Key = "k", Path = "p" }] } }],
                Containers =
                [
                    new Container
                    {
                        Args = ["{", "b"],
                        Resources = new() { Limits = ApiMap.FromPairs(("memory", Quantity.Parse("8Gi")), ("cpu", Quantity.Parse("100m"))) },
                        ReadinessProbe = new() { HttpGet = new() { Port = "http" }, PeriodSeconds = 5 },
                        LivenessProbe = new() { TcpSocket = new() { Port = 80 } },
                        SecurityContext = new() { Capabilities = new() { Drop = ["ALL"] } },
                    },
                ],
                Tolerations = [new Toleration { Effect = "NoExecute", TolerationSeconds = 5 }],
            },
        };
        var text = GoDump.Of(template);
        Assert.Contains("Spec:(v1.PodSpec){Volumes:([]v1.Volume)[{Name:(string)v{ VolumeSource:(v1.VolumeSource){HostPath:(*v1.HostPathVolumeSource)<nil> EmptyDir:", text, StringComparison.Ordinal);
        Assert.Contains("ConfigMap:(*v1.ConfigMapVolumeSource){LocalObjectReference:(v1.LocalObjectReference){Name:(string)m} Items:([]v1.KeyToPath)[{Key:(string)k Path:(string)p Mode:(*int32)<nil>}] DefaultMode:(*int32)<nil> Optional:(*bool)<nil>} VsphereVolume:", text, StringComparison.Ordinal);
        Assert.Contains("Image:(*v1.ImageVolumeSource)<nil>}}] InitContainers:([]v1.Container)<nil>", text, StringComparison.Ordinal);
        Assert.Contains("Args:([]string)[{ b] ", text, StringComparison.Ordinal);
        Assert.Contains("Limits:(v1.ResourceList)map[cpu:{i:(resource.int64Amount){value:(int64)100 scale:(resource.Scale)-3} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)100m Format:(resource.Format)DecimalSI} memory:{i:(resource.int64Amount){value:(int64)8589934592 scale:(resource.Scale)0} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string) Format:(resource.Format)BinarySI}] Requests:(v1.ResourceList)<nil>", text, StringComparison.Ordinal);
        Assert.Contains("LivenessProbe:(*v1.Probe){ProbeHandler:(v1.ProbeHandler){Exec:(*v1.ExecAction)<nil> HTTPGet:(*v1.HTTPGetAction)<nil> TCPSocket:(*v1.TCPSocketAction){Port:(intstr.IntOrString){Type:(intstr.Type)0 IntVal:(int32)80 StrVal:(string)} Host:(string)} GRPC:(*v1.GRPCAction)<nil>} InitialDelaySeconds:(int32)0 ", text, StringComparison.Ordinal);
        Assert.Contains("HTTPGet:(*v1.HTTPGetAction){Path:(string) Port:(intstr.IntOrString){Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)http} Host:(string) Scheme:(v1.URIScheme) HTTPHeaders:([]v1.HTTPHeader)<nil>}", text, StringComparison.Ordinal);
        Assert.Contains("Capabilities:(*v1.Capabilities){Add:([]v1.Capability)<nil> Drop:([]v1.Capability)[ALL]}", text, StringComparison.Ordinal);
        Assert.Contains("Tolerations:([]v1.Toleration)[{Key:(string) Operator:(v1.TolerationOperator) Value:(string) Effect:(v1.TaintEffect)NoExecute TolerationSeconds:(*int64)5}]", text, StringComparison.Ordinal);
        Assert.EndsWith("Resources:(*v1.ResourceRequirements)<nil>}}", text, StringComparison.Ordinal);
    }

    private static PodTemplateSpec Template(string version)
    {
        var deployment = new Deployment
        {
            Spec = new()
            {
                Template = new()
                {
                    Metadata = new() { Labels = ApiMap.FromPairs(("app", "a"), ("v", version)) },
                    Spec = new()
                    {
                        Containers = [new Container { Name = "c", Image = "i" }],
                        TerminationGracePeriodSeconds = 0,
                        AutomountServiceAccountToken = false,
                        SchedulerName = "none",
                    },
                },
            },
        };
        return ((Deployment)deployment.WithDefaults()).Spec.Template;
    }
}
