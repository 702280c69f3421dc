using Petrel.Api.Schema;

namespace Petrel.Api.Meta.Options;

/// <summary>The parameters of lists and watches.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListOptions", Kind = "ListOptions", ApiVersion = "v1")]
public sealed partial record ListOptions
{
    /// <summary>Only objects with such labels.</summary>
    [Field(1)]
    public string LabelSelector { get; init; } = "";

    /// <summary>Only objects with such fields.</summary>
    [Field(2)]
    public string FieldSelector { get; init; } = "";

    /// <summary>Changes instead of a list.</summary>
    [Field(3)]
    public bool Watch { get; init; }

    /// <summary>The watch tells how far it is.</summary>
    [Field(9)]
    public bool AllowWatchBookmarks { get; init; }

    /// <summary>How new the answer must be, or from where a watch goes on.</summary>
    [Field(4)]
    public string ResourceVersion { get; init; } = "";

    /// <summary>Exact or NotOlderThan: how resourceVersion is meant.</summary>
    [Field(10)]
    public string ResourceVersionMatch { get; init; } = "";

    /// <summary>Seconds after which it ends.</summary>
    [Field(5)]
    public long? TimeoutSeconds { get; init; }

    /// <summary>Most objects of a page.</summary>
    [Field(7)]
    public long Limit { get; init; }

    /// <summary>Where the last page ended.</summary>
    [Field(8)]
    public string Continue { get; init; } = "";

    /// <summary>The watch begins with all objects.</summary>
    [Field(11)]
    public bool? SendInitialEvents { get; init; }
}
