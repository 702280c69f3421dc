using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Status", Kind = "Status", ApiVersion = "v1")]
public sealed partial record Status
{
    /// <summary>Unused but for lists' continue tokens.</summary>
    [Field(1, Always = true)]
    public ListMeta Metadata { get; init; } = ListMeta.Empty;

    /// <summary>Success or Failure.</summary>
    [Field(2, Json = "status")]
    public string StatusValue { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(3)]
    public string Message { get; init; } = "";

    /// <summary>Kind of the failure in one word, e.g. NotFound.</summary>
    [Field(4)]
    public string Reason { get; init; } = "";

    /// <summary>What the failure is about.</summary>
    [Field(5, ListType = "atomic")]
    public StatusDetails? Details { get; init; }

    /// <summary>HTTP status code.</summary>
    [Field(6)]
    public int Code { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta")]
public sealed partial record ListMeta
{
    /// <summary>No longer in use.</summary>
    [Field(1)]
    public string SelfLink { get; init; } = "";

    /// <summary>Revision that the list shows; where a watch goes on from.</summary>
    [Field(2)]
    public string ResourceVersion { get; init; } = "";

    /// <summary>Token for the next page; empty on the last.</summary>
    [Field(3)]
    public string Continue { get; init; } = "";

    /// <summary>How many objects come after this page, where that is known.</summary>
    [Field(4)]
    public long? RemainingItemCount { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause")]
public sealed partial record StatusCause
{
    /// <summary>Kind of the cause in one word, e.g. FieldValueInvalid.</summary>
    [Field(1)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(2)]
    public string Message { get; init; } = "";

    /// <summary>Path of the field that is wrong.</summary>
    [Field(3)]
    public string Field { get; init; } = "";
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails")]
public sealed partial record StatusDetails
{
    /// <summary>Name of the object.</summary>
    [Field(1)]
    public string Name { get; init; } = "";

    /// <summary>Group of the kind or resource.</summary>
    [Field(2)]
    public string Group { get; init; } = "";

    /// <summary>Kind, or resource, of the object.</summary>
    [Field(3)]
    public string Kind { get; init; } = "";

    /// <summary>Identity of the object.</summary>
    [Field(6)]
    public string Uid { get; init; } = "";

    /// <summary>Every single thing that is wrong.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<StatusCause> Causes { get; init; }

    /// <summary>Seconds after which the request may be tried again.</summary>
    [Field(5)]
    public int RetryAfterSeconds { get; init; }
}
