using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Policy;

/// <summary>What pods may ask for of the node, and what they get when they ask for nothing (removed from Kubernetes in v1.25).</summary>
[ApiType("io.k8s.api.policy.v1beta1.PodSecurityPolicy")]
public sealed partial record PodSecurityPolicy : ApiObject, IResource<PodSecurityPolicy>, IHasDefaults, IPrintable, IValidated
{
    public static ResourceInfo Info { get; } = new("policy", "v1beta1", "PodSecurityPolicy", "podsecuritypolicies")
    {
        Columns = PodSecurityPolicyTable.Columns,
        DeleteReturnsObject = true,
        Deprecation = new("v1.21", Removed: "v1.25"),
        IsLegacy = true,
        Namespaced = false,
        ShortNames = ["psp"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is allowed.</summary>
    [Field(2, Always = true)]
    public PodSecurityPolicySpec Spec { get; init; } = PodSecurityPolicySpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec with { AllowPrivilegeEscalation = Spec.AllowPrivilegeEscalation ?? true } };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => PodSecurityPolicyTable.Cells(this);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => PodSecurityPolicyValidation.Validate(this, errors);
}

[ApiType("io.k8s.api.policy.v1beta1.PodSecurityPolicySpec")]
public sealed partial record PodSecurityPolicySpec
{
    /// <summary>Containers may be privileged.</summary>
    [Field(1)]
    public bool Privileged { get; init; }

    /// <summary>Capabilities that containers get unless they drop them.</summary>
    [Field(2)]
    public ApiList<string> DefaultAddCapabilities { get; init; }

    /// <summary>Capabilities that containers must drop, and drop by themselves.</summary>
    [Field(3)]
    public ApiList<string> RequiredDropCapabilities { get; init; }

    /// <summary>Capabilities that containers may add; * for all.</summary>
    [Field(4)]
    public ApiList<string> AllowedCapabilities { get; init; }

    /// <summary>Kinds of volumes that pods may have; * for all, none when empty.</summary>
    [Field(5)]
    public ApiList<string> Volumes { get; init; }

    /// <summary>Pods may be in the node's network.</summary>
    [Field(6)]
    public bool HostNetwork { get; init; }

    /// <summary>Ports of the node that pods may use.</summary>
    [Field(7)]
    public ApiList<HostPortRange> HostPorts { get; init; }

    /// <summary>Pods may see the node's processes.</summary>
    [Field(8, Json = "hostPID")]
    public bool HostPID { get; init; }

    /// <summary>Pods may use the node's interprocess communication.</summary>
    [Field(9, Json = "hostIPC")]
    public bool HostIPC { get; init; }

    /// <summary>SELinux contexts that are allowed.</summary>
    [Field(10, Required = true, Always = true)]
    public SELinuxStrategyOptions SeLinux { get; init; } = SELinuxStrategyOptions.Empty;

    /// <summary>Users as which processes may run.</summary>
    [Field(11, Required = true, Always = true)]
    public RunAsUserStrategyOptions RunAsUser { get; init; } = RunAsUserStrategyOptions.Empty;

    /// <summary>Further groups that processes may be in.</summary>
    [Field(12, Required = true, Always = true)]
    public GroupStrategyOptions SupplementalGroups { get; init; } = GroupStrategyOptions.Empty;

    /// <summary>Groups that may own the pod's volumes.</summary>
    [Field(13, Required = true, Always = true)]
    public GroupStrategyOptions FsGroup { get; init; } = GroupStrategyOptions.Empty;

    /// <summary>Containers must not change their image's files, and get that by themselves.</summary>
    [Field(14)]
    public bool ReadOnlyRootFilesystem { get; init; }

    /// <summary>What containers that do not say whether processes may get more rights get.</summary>
    [Field(15)]
    public bool? DefaultAllowPrivilegeEscalation { get; init; }

    /// <summary>Processes may get more rights than their parents have; so when left out.</summary>
    [Field(16)]
    public bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>Paths of the node that pods may mount; all when empty.</summary>
    [Field(17)]
    public ApiList<AllowedHostPath> AllowedHostPaths { get; init; }

    /// <summary>Flex drivers whose volumes pods may have; all when empty, if flex volumes are allowed.</summary>
    [Field(18)]
    public ApiList<AllowedFlexVolume> AllowedFlexVolumes { get; init; }

    /// <summary>CSI drivers whose inline volumes pods may have; all when empty, if such volumes are allowed.</summary>
    [Field(23)]
    public ApiList<AllowedCSIDriver> AllowedCSIDrivers { get; init; }

    /// <summary>Unsafe kernel parameters that pods may set; a trailing * stands for any rest.</summary>
    [Field(19)]
    public ApiList<string> AllowedUnsafeSysctls { get; init; }

    /// <summary>Kernel parameters that pods must not set; a trailing * stands for any rest.</summary>
    [Field(20)]
    public ApiList<string> ForbiddenSysctls { get; init; }

    /// <summary>Ways of mounting /proc that are allowed; only the default one when empty.</summary>
    [Field(21)]
    public ApiList<string> AllowedProcMountTypes { get; init; }

    /// <summary>Groups as which processes may run; whatever group when left out.</summary>
    [Field(22)]
    public RunAsGroupStrategyOptions? RunAsGroup { get; init; }

    /// <summary>Runtime classes that are allowed, and the default one; all when left out.</summary>
    [Field(24)]
    public RuntimeClassStrategyOptions? RuntimeClass { get; init; }
}

[ApiType("io.k8s.api.policy.v1beta1.HostPortRange")]
public sealed partial record HostPortRange
{
    /// <summary>First port.</summary>
    [Field(1, Required = true, Always = true)]
    public int Min { get; init; }

    /// <summary>Last port.</summary>
    [Field(2, Required = true, Always = true)]
    public int Max { get; init; }
}

[ApiType("io.k8s.api.policy.v1beta1.IDRange")]
public sealed partial record IDRange
{
    /// <summary>First id.</summary>
    [Field(1, Required = true, Always = true)]
    public long Min { get; init; }

    /// <summary>Last id.</summary>
    [Field(2, Required = true, Always = true)]
    public long Max { get; init; }

    public bool Contains(long id) => id >= Min && id <= Max;
}

[ApiType("io.k8s.api.policy.v1beta1.SELinuxStrategyOptions")]
public sealed partial record SELinuxStrategyOptions
{
    /// <summary>MustRunAs the context, or RunAsAny.</summary>
    [Field(1, Required = true, Always = true)]
    public string Rule { get; init; } = "";

    /// <summary>The context.</summary>
    [Field(2)]
    public SELinuxOptions? SeLinuxOptions { get; init; }
}

[ApiType("io.k8s.api.policy.v1beta1.RunAsUserStrategyOptions")]
public sealed partial record RunAsUserStrategyOptions
{
    /// <summary>MustRunAs one of the ranges, MustRunAsNonRoot or RunAsAny.</summary>
    [Field(1, Required = true, Always = true)]
    public string Rule { get; init; } = "";

    /// <summary>Allowed ids; the first is given to those who ask for none.</summary>
    [Field(2)]
    public ApiList<IDRange> Ranges { get; init; }
}

[ApiType("io.k8s.api.policy.v1beta1.RunAsGroupStrategyOptions")]
public sealed partial record RunAsGroupStrategyOptions
{
    /// <summary>MustRunAs one of the ranges, MayRunAs one of them or RunAsAny.</summary>
    [Field(1, Required = true, Always = true)]
    public string Rule { get; init; } = "";

    /// <summary>Allowed ids; the first is given to those who ask for none, if one is needed.</summary>
    [Field(2)]
    public ApiList<IDRange> Ranges { get; init; }
}

/// <summary>Groups of a pod: those of its volumes, or the further ones of its processes.</summary>
[ApiType("io.k8s.api.policy.v1beta1.SupplementalGroupsStrategyOptions")]
public sealed partial record GroupStrategyOptions
{
    /// <summary>MustRunAs one of the ranges, MayRunAs one of them or RunAsAny.</summary>
    [Field(1)]
    public string Rule { get; init; } = "";

    /// <summary>Allowed ids; the first is given to those who ask for none, if one is needed.</summary>
    [Field(2)]
    public ApiList<IDRange> Ranges { get; init; }
}

[ApiType("io.k8s.api.policy.v1beta1.AllowedHostPath")]
public sealed partial record AllowedHostPath
{
    /// <summary>The path; what is below it is allowed as well.</summary>
    [Field(1)]
    public string PathPrefix { get; init; } = "";

    /// <summary>Only for mounts that cannot be written to.</summary>
    [Field(2)]
    public bool ReadOnly { get; init; }
}

[ApiType("io.k8s.api.policy.v1beta1.AllowedFlexVolume")]
public sealed partial record AllowedFlexVolume
{
    /// <summary>Name of the driver.</summary>
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";
}

[ApiType("io.k8s.api.policy.v1beta1.AllowedCSIDriver")]
public sealed partial record AllowedCSIDriver
{
    /// <summary>Name of the driver.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";
}

[ApiType("io.k8s.api.policy.v1beta1.RuntimeClassStrategyOptions")]
public sealed partial record RuntimeClassStrategyOptions
{
    /// <summary>Names of classes; * for all.</summary>
    [Field(1, Required = true, Always = true)]
    public ApiList<string> AllowedRuntimeClassNames { get; init; }

    /// <summary>Name of the class that pods without one get; none when left out.</summary>
    [Field(2)]
    public string? DefaultRuntimeClassName { get; init; }
}
