using Petrel.Api.Schema;

namespace Petrel.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus")]
public sealed partial record CustomResourceDefinitionStatus
{
    /// <summary>What holds for the definition: NamesAccepted, Established, Terminating, NonStructuralSchema, KubernetesAPIApprovalPolicyConformant.</summary>
    [Field(1, Always = true, ListType = "map", MapKeys = "type")]
    public ApiList<CustomResourceDefinitionCondition> Conditions { get; init; }

    /// <summary>Names under which the kind is served; they may differ from the wanted ones while those belong to others.</summary>
    [Field(2, Always = true)]
    public CustomResourceDefinitionNames AcceptedNames { get; init; } = CustomResourceDefinitionNames.Empty;

    /// <summary>Every version that objects were ever stored in. One may be taken out once no objects are stored in it, and out of spec.versions then.</summary>
    [Field(3, Always = true, ListType = "atomic")]
    public ApiList<string> StoredVersions { get; init; }

    internal CustomResourceDefinitionCondition? Find(string type) => Conditions.FirstOrDefault(condition => condition.Type == type);

    /// <summary>Whether a condition is known to hold.</summary>
    public bool IsTrue(string type) => Find(type) is { Status: "True" };
}

/// <summary>One aspect of a definition's state.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition")]
public sealed partial record CustomResourceDefinitionCondition
{
    /// <summary>The served names do not conflict with those of other kinds of the group.</summary>
    public const string NamesAccepted = "NamesAccepted";

    /// <summary>The kind is served.</summary>
    public const string Established = "Established";

    /// <summary>The definition is being deleted, and its objects before it.</summary>
    public const string Terminating = "Terminating";

    /// <summary>A schema from older days is not structural.</summary>
    public const string NonStructuralSchema = "NonStructuralSchema";

    /// <summary>The kind is in a group of the project's (*.k8s.io, *.kubernetes.io) and approved there, or not.</summary>
    public const string KubernetesAPIApprovalPolicyConformant = "KubernetesAPIApprovalPolicyConformant";

    /// <summary>The aspect.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When the status changed last.</summary>
    [Field(3)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>Why, as one CamelCase word.</summary>
    [Field(4)]
    public string Reason { get; init; } = "";

    /// <summary>Why, for people.</summary>
    [Field(5)]
    public string Message { get; init; } = "";
}
