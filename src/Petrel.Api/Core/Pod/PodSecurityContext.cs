using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodSecurityContext")]
public sealed partial record PodSecurityContext
{
    [Field(1)]
    public SELinuxOptions? SeLinuxOptions { get; init; }

    [Field(8)]
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }

    [Field(2)]
    public long? RunAsUser { get; init; }

    [Field(6)]
    public long? RunAsGroup { get; init; }

    [Field(3)]
    public bool? RunAsNonRoot { get; init; }

    [Field(4, ListType = "atomic")]
    public ApiList<long> SupplementalGroups { get; init; }

    [Field(12, Enum = ["Merge", "Strict"])]
    public string? SupplementalGroupsPolicy { get; init; }

    [Field(5)]
    public long? FsGroup { get; init; }

    [Field(7, ListType = "atomic")]
    public ApiList<Sysctl> Sysctls { get; init; }

    [Field(9, Enum = ["Always", "OnRootMismatch"])]
    public string? FsGroupChangePolicy { get; init; }

    [Field(10)]
    public SeccompProfile? SeccompProfile { get; init; }

    [Field(11)]
    public AppArmorProfile? AppArmorProfile { get; init; }

    [Field(13)]
    public string? SeLinuxChangePolicy { get; init; }

    internal void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        errors.Id(path.Child("fsGroup"), FsGroup);
        errors.Id(path.Child("runAsUser"), RunAsUser);
        errors.Id(path.Child("runAsGroup"), RunAsGroup);
        for (var i = 0; i < SupplementalGroups.Count; i++)
        {
            errors.Id(path.Child("supplementalGroups").Index(i), SupplementalGroups[i]);
        }

        if (spec.ShareProcessNamespace == true && spec.HostPID)
        {
            errors.Invalid(path.Child("shareProcessNamespace"), true, "ShareProcessNamespace and HostPID cannot both be enabled");
        }

        Sysctl.ValidateAll(Sysctls, spec, path.Child("sysctls"), errors);
        if (FsGroupChangePolicy is not null)
        {
            errors.OneOf(path.Child("fsGroupChangePolicy"), FsGroupChangePolicy, "Always", "OnRootMismatch");
        }

        SeccompProfile?.Validate(path.Child("seccompProfile"), errors);
        WindowsOptions?.Validate(path.Child("windowsOptions"), errors);
        AppArmorProfile?.Validate(path.Child("appArmorProfile"), errors);
        if (SupplementalGroupsPolicy is not null)
        {
            errors.OneOf(path.Child("supplementalGroupsPolicy"), SupplementalGroupsPolicy, "Merge", "Strict");
        }

        // MountOption belongs to a feature that is off by default in v1.33.
        if (SeLinuxChangePolicy is not null)
        {
            errors.OneOf(path.Child("seLinuxChangePolicy"), SeLinuxChangePolicy, "Recursive");
        }
    }
}
