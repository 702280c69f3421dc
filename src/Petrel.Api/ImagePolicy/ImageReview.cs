using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.ImagePolicy;

/// <summary>Asks a webhook whether a pod may have its images.</summary>
[ApiType("io.k8s.api.imagepolicy.v1alpha1.ImageReview")]
public sealed partial record ImageReview : ApiObject, IResource<ImageReview>
{
    public static ResourceInfo Info { get; } = new("imagepolicy.k8s.io", "v1alpha1", "ImageReview", "imagereviews") { Namespaced = false, Verbs = Verbs.Create };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The question.</summary>
    [Field(2, Required = true, Always = true)]
    public ImageReviewSpec Spec { get; init; } = ImageReviewSpec.Empty;

    /// <summary>The answer.</summary>
    [Field(3, Always = true)]
    public ImageReviewStatus Status { get; init; } = ImageReviewStatus.Empty;
}

[ApiType("io.k8s.api.imagepolicy.v1alpha1.ImageReviewSpec")]
public sealed partial record ImageReviewSpec
{
    /// <summary>The pod's containers.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<ImageReviewContainerSpec> Containers { get; init; }

    /// <summary>Annotations of the pod that are meant for the webhook.</summary>
    [Field(2)]
    public ApiMap<string> Annotations { get; init; }

    /// <summary>Namespace of the pod.</summary>
    [Field(3)]
    public string Namespace { get; init; } = "";
}

[ApiType("io.k8s.api.imagepolicy.v1alpha1.ImageReviewContainerSpec")]
public sealed partial record ImageReviewContainerSpec
{
    /// <summary>The image.</summary>
    [Field(1)]
    public string Image { get; init; } = "";
}

[ApiType("io.k8s.api.imagepolicy.v1alpha1.ImageReviewStatus")]
public sealed partial record ImageReviewStatus
{
    /// <summary>All images may be run.</summary>
    [Field(1, Required = true, Always = true)]
    public bool Allowed { get; init; }

    /// <summary>Why not.</summary>
    [Field(2)]
    public string Reason { get; init; } = "";

    /// <summary>What is noted in the audit log.</summary>
    [Field(3)]
    public ApiMap<string> AuditAnnotations { get; init; }
}
