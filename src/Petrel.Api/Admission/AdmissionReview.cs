using Petrel.Api.Authentication;
using Petrel.Api.Meta;
using Petrel.Api.Schema;

namespace Petrel.Api.Admission;

/// <summary>A request that a webhook is asked about, or its answer.</summary>
[ApiType("io.k8s.api.admission.v1.AdmissionReview", Kind = "AdmissionReview", ApiVersion = "admission.k8s.io/v1")]
public sealed partial record AdmissionReview
{
    /// <summary>What is asked; left out in answers.</summary>
    [Field(1)]
    public AdmissionRequest? Request { get; init; }

    /// <summary>The answer; left out in questions.</summary>
    [Field(2)]
    public AdmissionResponse? Response { get; init; }
}

[ApiType("io.k8s.api.admission.v1.AdmissionRequest")]
public sealed partial record AdmissionRequest
{
    /// <summary>Identity of the question, which the answer has to repeat.</summary>
    [Field(1, Always = true)]
    public string Uid { get; init; } = "";

    /// <summary>Kind of the object, in the version that the webhook asked for.</summary>
    [Field(2, Always = true)]
    public ReviewedKind Kind { get; init; } = ReviewedKind.Empty;

    /// <summary>Resource of the request, in the version that the webhook asked for.</summary>
    [Field(3, Always = true)]
    public ReviewedResource Resource { get; init; } = ReviewedResource.Empty;

    /// <summary>Subresource of the request, e.g. status.</summary>
    [Field(4)]
    public string SubResource { get; init; } = "";

    /// <summary>Kind of the object as the client sent it.</summary>
    [Field(13)]
    public ReviewedKind? RequestKind { get; init; }

    /// <summary>Resource of the request as the client made it.</summary>
    [Field(14)]
    public ReviewedResource? RequestResource { get; init; }

    /// <summary>Subresource of the request as the client made it.</summary>
    [Field(15)]
    public string RequestSubResource { get; init; } = "";

    /// <summary>Name of the object; empty while a create leaves it to the server.</summary>
    [Field(5)]
    public string Name { get; init; } = "";

    /// <summary>Namespace of the object.</summary>
    [Field(6)]
    public string Namespace { get; init; } = "";

    /// <summary>CREATE, UPDATE, DELETE or CONNECT.</summary>
    [Field(7, Always = true)]
    public string Operation { get; init; } = "";

    /// <summary>Who makes the request.</summary>
    [Field(8, Always = true)]
    public UserInfo UserInfo { get; init; } = UserInfo.Empty;

    /// <summary>The object after the write; null for deletes.</summary>
    [Field(9, Always = true)]
    public RawJson Object { get; init; } = RawJson.Null;

    /// <summary>The object before the write; null for creates.</summary>
    [Field(10, Always = true)]
    public RawJson OldObject { get; init; } = RawJson.Null;

    /// <summary>Nothing will be stored.</summary>
    [Field(11)]
    public bool? DryRun { get; init; }

    /// <summary>The options of the operation, e.g. a CreateOptions.</summary>
    [Field(12, Always = true)]
    public RawJson Options { get; init; } = RawJson.Null;
}

[ApiType("io.k8s.api.admission.v1.AdmissionResponse")]
public sealed partial record AdmissionResponse
{
    /// <summary>Identity of the question.</summary>
    [Field(1, Always = true)]
    public string Uid { get; init; } = "";

    /// <summary>The request may pass.</summary>
    [Field(2, Always = true)]
    public bool Allowed { get; init; }

    /// <summary>Why it may not.</summary>
    [Field(3, Bare = true)]
    public Status? Status { get; init; }

    /// <summary>Changes to the object, in base64.</summary>
    [Field(4)]
    public Binary Patch { get; init; }

    /// <summary>Format of the patch: JSONPatch.</summary>
    [Field(5)]
    public string? PatchType { get; init; }

    /// <summary>What is noted in the audit log, under keys that the webhook's name is put before.</summary>
    [Field(6)]
    public ApiMap<string> AuditAnnotations { get; init; }

    /// <summary>What the client is told; at best 120 characters each.</summary>
    [Field(7)]
    public ApiList<string> Warnings { get; init; }
}

/// <summary>A kind, by its parts.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionKind")]
public sealed partial record ReviewedKind
{
    /// <summary>Group; empty for the core.</summary>
    [Field(1, Always = true)]
    public string Group { get; init; } = "";

    /// <summary>Version within the group.</summary>
    [Field(2, Always = true)]
    public string Version { get; init; } = "";

    /// <summary>Name of the kind.</summary>
    [Field(3, Always = true)]
    public string Kind { get; init; } = "";
}

/// <summary>A resource, by its parts.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionResource")]
public sealed partial record ReviewedResource
{
    /// <summary>Group; empty for the core.</summary>
    [Field(1, Always = true)]
    public string Group { get; init; } = "";

    /// <summary>Version within the group.</summary>
    [Field(2, Always = true)]
    public string Version { get; init; } = "";

    /// <summary>Name of the resource, as in paths.</summary>
    [Field(3, Always = true)]
    public string Resource { get; init; } = "";
}
