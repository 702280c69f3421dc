namespace Petrel.Client.Informers;

/// <summary>Which objects an informer follows. Informers with equal options are shared.</summary>
public sealed record InformerOptions
{
    public static InformerOptions Default { get; } = new();

    /// <summary>Null for all namespaces.</summary>
    public string? Namespace { get; init; }

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    /// <summary>Objects per page of the initial list; 500 as upstream's clients.</summary>
    public int PageSize { get; init; } = 500;
}
