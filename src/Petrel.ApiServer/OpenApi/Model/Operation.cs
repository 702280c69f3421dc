using Petrel.Api.Resources;

namespace Petrel.ApiServer.OpenApi.Model;

/// <summary>What an HTTP method does on a path.</summary>
/// <param name="Method">In lower case.</param>
/// <param name="Id">Unique name, from which client generators make method names.</param>
internal sealed record Operation(string Method, string Tag, string Id, string Description)
{
    /// <summary>Its own parameters, in the order of their names; those that the whole path has are elsewhere.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    public Body? Body { get; init; }

    /// <summary>Media types of the body.</summary>
    public IReadOnlyList<string> Consumes { get; init; } = MediaTypes.Any;

    /// <summary>Media types of the answer.</summary>
    public IReadOnlyList<string> Produces { get; init; } = MediaTypes.Objects;

    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>x-kubernetes-action; null for paths that are no resource.</summary>
    public string? Action { get; init; }

    /// <summary>x-kubernetes-group-version-kind of a resource's operation.</summary>
    public GroupVersionKind Kind { get; init; }
}
