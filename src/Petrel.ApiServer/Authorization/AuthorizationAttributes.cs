using Petrel.Api.Selectors;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Authorization;

/// <summary>A question to the authorizers: may this user do this? Either about a resource or about a path.</summary>
public sealed record AuthorizationAttributes(UserInfo User, string Verb)
{
    /// <summary>The question is about a resource; else about <see cref="Path"/>.</summary>
    public bool IsResource { get; init; }

    /// <summary>API group; empty for the core group.</summary>
    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    /// <summary>Empty for cluster-scoped resources and for all namespaces.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Empty when the request does not name one object.</summary>
    public string Name { get; init; } = "";

    /// <summary>Path of a question that is not about a resource.</summary>
    public string Path { get; init; } = "";

    /// <summary>The fields by which a list, watch or deletecollection is limited (KEP-4601).</summary>
    public FieldSelectorExpression FieldSelector { get; init; } = FieldSelectorExpression.Everything;

    /// <summary>Resource and subresource as rules name them, e.g. <c>pods/log</c>.</summary>
    public string CombinedResource => Subresource.Length == 0 ? Resource : Resource + "/" + Subresource;
}
