using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer.OpenApi.Model;
using Petrel.ApiServer.OpenApi.Schemas;
using ApiVerbs = Petrel.Api.Resources.Verbs;

namespace Petrel.ApiServer.OpenApi.Paths;

/// <summary>The paths of a subresource.</summary>
internal sealed class SubresourcePaths(ResourceInfo info, TypeSchema type, Subresource subresource, DefinitionSet definitions)
{
    private static readonly string[] ProxyMethods = ["get", "put", "post", "delete", "options", "head", "patch"];

    private readonly string _group = OperationNames.Version(info.Group, info.Version);
    private readonly string _kind = (info.Namespaced ? "Namespaced" : "") + info.Kind;
    private readonly string _name = OperationNames.Capitalized(subresource.Name);

    public IEnumerable<PathItem> All(string collection)
    {
        List<Parameter> parameters = [QueryParameters.Name(info.Kind), .. info.Namespaced ? [QueryParameters.Namespace] : Array.Empty<Parameter>()];
        parameters.AddRange(QueryParameters.Of(subresource.Options));
        var path = collection + "/{name}/" + subresource.Name;
        if (!subresource.IsConnection)
        {
            yield return PathItem.Of(path, [.. parameters, QueryParameters.Pretty], [.. Operations()]);
            yield break;
        }

        yield return PathItem.Of(path, parameters, [.. Connections("")]);
        if (subresource.IsProxy)
        {
            yield return PathItem.Of(path + "/{path}", [.. parameters, QueryParameters.Rest], [.. Connections("WithPath")]);
        }
    }

    private IEnumerable<Operation> Operations()
    {
        if (subresource.Options is not null)
        {
            // It is read with parameters of its own and answers with text.
            yield return Operation("get", "read", "Reads", "get") with { Produces = MediaTypes.Text, Answers = OperationAnswers.Text };
            yield break;
        }

        var name = definitions.Of(subresource.Body ?? type);
        if (Has(ApiVerbs.Get))
        {
            yield return Operation("get", "read", "Reads", "get") with { Answers = OperationAnswers.Of(name, 200) };
        }

        if (Has(ApiVerbs.Update))
        {
            yield return Operation("put", "replace", "Replaces", "put") with
            {
                Parameters = QueryParameters.Write,
                Body = new Body(name, IsRequired: true),
                Answers = OperationAnswers.Of(name, 200, 201),
            };
        }

        if (Has(ApiVerbs.Create))
        {
            yield return Operation("post", "create", "Creates", "post") with
            {
                Parameters = QueryParameters.Write,
                Body = new Body(name, IsRequired: true),
                Answers = OperationAnswers.Of(name, 200, 201, 202),
            };
        }

        if (Has(ApiVerbs.Patch))
        {
            yield return Operation("patch", "patch", "Changes a part of", "patch") with
            {
                Parameters = QueryParameters.Patch,
                Body = new Body(definitions.Of(ValueDefinition.Patch), IsRequired: true),
                Consumes = MediaTypes.Patches,
                Answers = OperationAnswers.Of(name, 200, 201),
            };
        }
    }

    private IEnumerable<Operation> Connections(string suffix)
    {
        string[] methods = subresource.IsProxy ? ProxyMethods : ["get", "post"];
        return methods.Select(method =>
            new Operation(
                method,
                OperationNames.Tag(info.Group, info.Version),
                $"connect{_group}{OperationNames.Capitalized(method)}{_kind}{_name}{suffix}",
                $"Connects {method.ToUpperInvariant()} requests to the {subresource.Name} of a {info.Kind}.")
            {
                Produces = MediaTypes.Any,
                Answers = OperationAnswers.Text,
                Action = "connect",
                Kind = KindOf(),
            });
    }

    private Operation Operation(string method, string verb, string description, string action) =>
        new(method, OperationNames.Tag(info.Group, info.Version), $"{verb}{_group}{_kind}{_name}", $"{description} the {subresource.Name} of a {info.Kind}.")
        {
            Action = action,
            Kind = KindOf(),
        };

    // Discovery leaves group and version out where they are the resource's own.
    private GroupVersionKind KindOf() => subresource.Kind switch
    {
        null => info.GroupVersionKind,
        { Version.Length: 0 } kind => info.GroupVersionKind with { Kind = kind.Kind },
        { } kind => kind,
    };

    private bool Has(ApiVerbs verb) => subresource.Verbs.HasFlag(verb);
}
