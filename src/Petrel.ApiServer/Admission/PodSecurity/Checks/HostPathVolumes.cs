using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Pods see no folders of their node.</summary>
internal static class HostPathVolumes
{
    public static PodCheck Check { get; } = new("hostPathVolumes", SecurityLevel.Baseline, (0, OfPod));

    private static CheckFailure? OfPod(CheckedPod pod)
    {
        var volumes = pod.Spec.Volumes.Where(static volume => volume.HostPath is not null).Select(static volume => volume.Name).ToList();
        return volumes.Count == 0 ? null : new CheckFailure("hostPath volumes", $"{Plural("volume", volumes.Count)} {Quoted(volumes)}");
    }
}
