using Petrel.Api.Core;

namespace Petrel.Node.Volumes;

/// <summary>One type of volume.</summary>
internal interface IVolumePlugin
{
    /// <summary>Whether this is the plugin of the volume's source.</summary>
    bool Handles(Volume volume);

    /// <summary>
    /// Makes the volume, or brings its content up to date, and says where it is. Called at every synchronization of the pod,
    /// one call at a time for each pod's volume.
    /// </summary>
    /// <exception cref="VolumeProblemException">It cannot be done now.</exception>
    Task<string> SetUpAsync(PodVolume volume, CancellationToken cancellationToken);
}
