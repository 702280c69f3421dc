namespace Petrel.Cel.Libraries;

/// <summary>A question that an expression asks the authorizer.</summary>
/// <param name="ServiceAccount">Namespace and name of the account that is asked about; null for the user of the request.</param>
public sealed record AuthorizationQuestion(string Verb, (string Namespace, string Name)? ServiceAccount)
{
    /// <summary>Path of a question that is not about a resource.</summary>
    public string? Path { get; init; }

    public string Group { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    public string FieldSelector { get; init; } = "";

    public string LabelSelector { get; init; } = "";
}
