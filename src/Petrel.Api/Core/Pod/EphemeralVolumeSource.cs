using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.EphemeralVolumeSource")]
public sealed partial record EphemeralVolumeSource
{
    /// <summary>The claim that is made for the pod and goes with it.</summary>
    [Field(1)]
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; init; }

    internal EphemeralVolumeSource WithDefaults() => this with { VolumeClaimTemplate = VolumeClaimTemplate?.WithDefaults() };

    /// <summary>The claim is named after the pod and the volume, so that name must be good too.</summary>
    internal void Validate(string? podName, string volumeName, FieldPath volumePath, FieldErrors errors)
    {
        if (VolumeClaimTemplate is null)
        {
            errors.Required(volumePath.Child("ephemeral", "volumeClaimTemplate"));
        }
        else
        {
            VolumeClaimTemplate.Validate(volumePath.Child("ephemeral", "volumeClaimTemplate"), errors);
        }

        if (podName is { Length: > 0 })
        {
            var name = $"{podName}-{volumeName}";
            errors.InvalidAll(volumePath.Child("name"), volumeName, NameFormats.DnsSubdomain(name).Select(problem => $"PVC name {GoSyntax.Quote(name)}: {problem}"));
        }
    }
}
