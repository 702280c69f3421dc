using System.Globalization;
using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Pods take no ports of their node.</summary>
internal static class HostPorts
{
    public static PodCheck Check { get; } = new("hostPorts", SecurityLevel.Baseline, (0, OfPod));

    private static CheckFailure? OfPod(CheckedPod pod)
    {
        var containers = pod.Where(static container => container.Ports.Any(static port => port.HostPort != 0));
        var ports = Sorted(pod.Containers.SelectMany(static container => container.Ports)
            .Where(static port => port.HostPort != 0)
            .Select(static port => port.HostPort.ToString(CultureInfo.InvariantCulture)));
        return containers.Count == 0 ? null : new CheckFailure(
            "hostPort", $"{Containers(containers)} {(containers.Count == 1 ? "uses" : "use")} {Plural("hostPort", ports.Count)} {string.Join(", ", ports)}");
    }
}
