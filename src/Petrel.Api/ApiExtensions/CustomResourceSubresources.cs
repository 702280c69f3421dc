using Petrel.Api.Schema;

namespace Petrel.Api.ApiExtensions;

/// <summary>The subresources that a version has.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources")]
public sealed partial record CustomResourceSubresources
{
    /// <summary>There is /status: updates through it change nothing but .status, others leave that alone.</summary>
    [Field(1)]
    public CustomResourceSubresourceStatus? Status { get; init; }

    /// <summary>There is /scale, which shows objects as autoscaling/v1 Scale.</summary>
    [Field(2)]
    public CustomResourceSubresourceScale? Scale { get; init; }
}

/// <summary>The status subresource, about which there is nothing to say.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus")]
public sealed partial record CustomResourceSubresourceStatus;

/// <summary>Where the parts of a scale are in an object, as JSON paths without arrays.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale")]
public sealed partial record CustomResourceSubresourceScale
{
    /// <summary>Where spec.replicas is; below .spec. Without a value there, GET of /scale is an error.</summary>
    [Field(1, Required = true, Always = true)]
    public string SpecReplicasPath { get; init; } = "";

    /// <summary>Where status.replicas is; below .status. 0 without a value there.</summary>
    [Field(2, Required = true, Always = true)]
    public string StatusReplicasPath { get; init; } = "";

    /// <summary>Where status.selector is, a label selector as text; below .spec or .status. Autoscalers need it.</summary>
    [Field(3)]
    public string? LabelSelectorPath { get; init; }
}
