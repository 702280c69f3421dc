using Petrel.Api.Features;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodSecurityContext")]
public sealed partial record PodSecurityContext
{
    /// <summary>SELinux context of all containers.</summary>
    [Field(1)]
    public SELinuxOptions? SeLinuxOptions { get; init; }

    /// <summary>Settings for Windows.</summary>
    [Field(8)]
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }

    /// <summary>User that processes run as; the image's when left out.</summary>
    [Field(2)]
    public long? RunAsUser { get; init; }

    /// <summary>Group that processes run as; the runtime's choice when left out.</summary>
    [Field(6)]
    public long? RunAsGroup { get; init; }

    /// <summary>Refuse to start as user 0.</summary>
    [Field(3)]
    public bool? RunAsNonRoot { get; init; }

    /// <summary>Further groups of the containers' processes.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<long> SupplementalGroups { get; init; }

    /// <summary>Whether groups that the image gives the user count as well: Merge (when left out) or Strict.</summary>
    [Field(12, Enum = ["Merge", "Strict"])]
    public string? SupplementalGroupsPolicy { get; init; }

    /// <summary>Group that owns the pod's volumes and that processes are in.</summary>
    [Field(5)]
    public long? FsGroup { get; init; }

    /// <summary>Kernel parameters of the pod.</summary>
    [Field(7, ListType = "atomic")]
    public ApiList<Sysctl> Sysctls { get; init; }

    /// <summary>Whether a volume's files are given to fsGroup Always (when left out) or OnRootMismatch, when its root is not.</summary>
    [Field(9, Enum = ["Always", "OnRootMismatch"])]
    public string? FsGroupChangePolicy { get; init; }

    /// <summary>Which system calls are allowed.</summary>
    [Field(10)]
    public SeccompProfile? SeccompProfile { get; init; }

    /// <summary>AppArmor profile of the processes.</summary>
    [Field(11)]
    public AppArmorProfile? AppArmorProfile { get; init; }

    /// <summary>How volumes get their SELinux label: Recursive or MountOption.</summary>
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

        if (SeLinuxChangePolicy is not null)
        {
            string[] policies = FeatureGates.IsOn(KnownFeatures.SELinuxMount) ? ["MountOption", "Recursive"] : ["Recursive"];
            errors.OneOf(path.Child("seLinuxChangePolicy"), SeLinuxChangePolicy, policies);
        }
    }
}
