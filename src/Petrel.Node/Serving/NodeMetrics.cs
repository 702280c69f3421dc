using System.Globalization;
using System.Text;
using Petrel.Api.Core;

namespace Petrel.Node.Serving;

/// <summary>The node's metrics in Prometheus' text format (version 0.0.4), under kubelet's names.</summary>
internal static class NodeMetrics
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(string node, IReadOnlyList<Pod> pods)
    {
        var text = new StringBuilder();
        Gauge(text, "kubelet_node_name", "The node's name. The count is always 1.", 1, $"{{node=\"{node}\"}}");
        Gauge(text, "kubelet_active_pods", "Pods that the node has been given and that have not ended.", pods.Count(static pod => pod.Status.Phase is not ("Succeeded" or "Failed")));
        Gauge(text, "kubelet_running_pods", "Pods of which a container runs.", pods.Count(static pod => pod.Status.ContainerStatuses.Any(static status => status.State.Running is not null)));
        Gauge(text, "kubelet_running_containers", "Containers that run.", pods.Sum(static pod => pod.Status.ContainerStatuses.Count(static status => status.State.Running is not null)));
        Gauge(text, "process_resident_memory_bytes", "Resident memory size in bytes.", Environment.WorkingSet);
        return text.ToString();
    }

    private static void Gauge(StringBuilder text, string name, string help, long value, string labels = "") => text
        .Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name}{labels} {value}\n");
}
