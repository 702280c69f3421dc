using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Containers are not privileged.</summary>
internal static class PrivilegedContainers
{
    public static PodCheck Check { get; } = new("privileged", SecurityLevel.Baseline, (0, OfPod));

    private static CheckFailure? OfPod(CheckedPod pod)
    {
        var bad = pod.Where(static container => container.Security?.Privileged == true);
        return bad.Count == 0 ? null : new CheckFailure("privileged", $"{Containers(bad)} must not set securityContext.privileged=true");
    }
}
