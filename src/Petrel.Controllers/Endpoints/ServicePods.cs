using System.Globalization;
using Petrel.Api.Core;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.Endpoints;

/// <summary>What a pod offers to a Service.</summary>
internal static class ServicePods
{
    public const string ChangeTime = "endpoints.kubernetes.io/last-change-trigger-time";
    public const string HeadlessLabel = "service.kubernetes.io/headless";

    /// <summary>Controllers fill in the endpoints of services that select pods.</summary>
    public static bool SelectsPods(Service service) => !service.Spec.Selector.IsNil && service.Spec.Type != "ExternalName";

    public static bool IsHeadless(Service service) => service.Spec.ClusterIP == "None";

    /// <summary>Whether the pod is an endpoint at all, ready or not.</summary>
    public static bool IsEndpoint(Pod pod, bool includeTerminating) =>
        !pod.IsTerminal() && pod.Status.PodIP.Length > 0 && (includeTerminating || pod.Metadata.DeletionTimestamp is null);

    /// <summary>The pod's own host name, where the Service is the subdomain it names.</summary>
    public static string HostnameFor(Pod pod, Service service) =>
        pod.Spec.Hostname.Length > 0 && pod.Spec.Subdomain == service.Metadata.Name && pod.Metadata.Namespace == service.Metadata.Namespace ? pod.Spec.Hostname : "";

    /// <summary>The pod's port that a service port leads to; null when the pod has no port of that name.</summary>
    public static int? FindPort(Pod pod, ServicePort port)
    {
        if (!port.TargetPort.IsString)
        {
            return port.TargetPort.Number;
        }

        // Sidecars (init containers that go on running) may serve, too.
        foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers.Where(static init => init.RestartPolicy == "Always")))
        {
            foreach (var candidate in container.Ports)
            {
                if (candidate.Name == port.TargetPort.Text && Protocol(candidate.Protocol) == Protocol(port.Protocol))
                {
                    return candidate.Port;
                }
            }
        }

        return null;
    }

    public static string Protocol(string protocol) => protocol.Length == 0 ? "TCP" : protocol;

    public static ObjectReference ReferenceTo(Pod pod) => new()
    {
        Kind = "Pod",
        Namespace = pod.Metadata.Namespace,
        Name = pod.Metadata.Name,
        Uid = pod.Metadata.Uid,
    };

    /// <summary>The annotation's value: RFC 3339 with as many fraction digits as there are.</summary>
    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Whether anything changed that endpoints are made of.</summary>
    public static bool Differ(Pod left, Pod right) =>
        left.Metadata.Labels != right.Metadata.Labels
        || left.Status.PodIPs != right.Status.PodIPs
        || left.Status.PodIP != right.Status.PodIP
        || left.Spec.NodeName != right.Spec.NodeName
        || left.IsReady() != right.IsReady()
        || left.IsTerminal() != right.IsTerminal()
        || left.Metadata.DeletionTimestamp is null != right.Metadata.DeletionTimestamp is null;
}
