using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>Asks a deployment for an earlier template, as extensions/v1beta1 had it.</summary>
[ApiType("io.k8s.api.extensions.v1beta1.DeploymentRollback", Kind = "DeploymentRollback", ApiVersion = "extensions/v1beta1")]
public sealed partial record ExtensionsDeploymentRollback
{
    /// <summary>The deployment.</summary>
    [Field(1, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Annotations that the deployment gets.</summary>
    [Field(2)]
    public ApiMap<string> UpdatedAnnotations { get; init; }

    /// <summary>The revision.</summary>
    [Field(3, Always = true)]
    public RollbackConfig RollbackTo { get; init; } = RollbackConfig.Empty;
}
