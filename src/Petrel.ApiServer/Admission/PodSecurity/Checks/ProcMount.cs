using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Sensitive parts of /proc stay masked.</summary>
internal static class ProcMount
{
    public static PodCheck Check { get; } = new("procMount", SecurityLevel.Baseline, (0, OfPod));

    private static CheckFailure? OfPod(CheckedPod pod)
    {
        static bool IsBad(CheckedContainer container) => container.Security?.ProcMount is not (null or "Default");
        var bad = pod.Where(IsBad);
        var values = Sorted(pod.Containers.Where(IsBad).Select(static container => container.Security!.ProcMount!));
        return bad.Count == 0 ? null : new CheckFailure("procMount", $"{Containers(bad)} must not set securityContext.procMount to {Quoted(values)}");
    }
}
