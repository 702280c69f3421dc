using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer.OpenApi.Model;
using Petrel.ApiServer.OpenApi.Schemas;
using ApiVerbs = Petrel.Api.Resources.Verbs;

namespace Petrel.ApiServer.OpenApi.Paths;

/// <summary>The paths of a resource: its collections, its objects, the deprecated watch paths and its subresources.</summary>
internal sealed class ResourcePaths(ResourceInfo info, TypeSchema type, DefinitionSet definitions)
{
    private readonly string _root = info.Group.Length == 0 ? "/api/" + info.Version : $"/apis/{info.Group}/{info.Version}";
    private readonly string _tag = OperationNames.Tag(info.Group, info.Version);

    // Ids are put together as VERB + Group + Version + [Namespaced] + Kind.
    private readonly string _group = OperationNames.Version(info.Group, info.Version);
    private readonly string _kind = (info.Namespaced ? "Namespaced" : "") + info.Kind;

    private readonly IReadOnlyList<Parameter> _scope = info.Namespaced ? [QueryParameters.Namespace, QueryParameters.Pretty] : [QueryParameters.Pretty];

    private string Collection => (info.Namespaced ? "/namespaces/{namespace}/" : "/") + info.Resource;

    public IEnumerable<PathItem> All() =>
        [.. Collections(), .. Objects(), .. Watches(), .. info.Subresources.SelectMany(subresource => new SubresourcePaths(info, type, subresource, definitions).All(_root + Collection))];

    private IEnumerable<PathItem> Collections()
    {
        List<Operation> operations = [];
        if (Has(ApiVerbs.List))
        {
            operations.Add(List($"list{_group}{_kind}"));
        }

        if (Has(ApiVerbs.Create))
        {
            var name = definitions.Of(type);
            operations.Add(Operation("post", $"create{_group}{_kind}", $"Creates a {info.Kind}.", "post") with
            {
                Parameters = QueryParameters.Write,
                Body = new Body(name, IsRequired: true),
                Answers = OperationAnswers.Of(name, 200, 201, 202),
            });
        }

        if (Has(ApiVerbs.DeleteCollection))
        {
            operations.Add(Operation("delete", $"delete{_group}Collection{_kind}", $"Deletes every {info.Kind} that a list with the same parameters would show.", "deletecollection") with
            {
                Parameters = QueryParameters.DeleteCollection,
                Body = new Body(definitions.Of(DeleteOptions.Schema), IsRequired: false),
                Answers = OperationAnswers.Of(definitions.Of(Status.Schema), 200),
            });
        }

        if (operations.Count > 0)
        {
            yield return PathItem.Of(_root + Collection, _scope, operations);
        }

        if (info.Namespaced && Has(ApiVerbs.List))
        {
            yield return PathItem.Of($"{_root}/{info.Resource}", [QueryParameters.Pretty], [List($"list{_group}{info.Kind}ForAllNamespaces")]);
        }
    }

    private IEnumerable<PathItem> Objects()
    {
        var name = definitions.Of(type);
        List<Operation> operations = [];
        if (Has(ApiVerbs.Get))
        {
            operations.Add(Operation("get", $"read{_group}{_kind}", $"Reads a {info.Kind}.", "get") with { Answers = OperationAnswers.Of(name, 200) });
        }

        if (Has(ApiVerbs.Update))
        {
            operations.Add(Operation("put", $"replace{_group}{_kind}", $"Replaces a {info.Kind}.", "put") with
            {
                Parameters = QueryParameters.Write,
                Body = new Body(name, IsRequired: true),
                Answers = OperationAnswers.Of(name, 200, 201),
            });
        }

        if (Has(ApiVerbs.Delete))
        {
            operations.Add(Operation("delete", $"delete{_group}{_kind}", $"Deletes a {info.Kind}.", "delete") with
            {
                Parameters = QueryParameters.Delete,
                Body = new Body(definitions.Of(DeleteOptions.Schema), IsRequired: false),
                Answers = OperationAnswers.Of(info.DeleteReturnsObject ? name : definitions.Of(Status.Schema), 200, 202),
            });
        }

        if (Has(ApiVerbs.Patch))
        {
            operations.Add(Operation("patch", $"patch{_group}{_kind}", $"Changes a part of a {info.Kind}.", "patch") with
            {
                Parameters = QueryParameters.Patch,
                Body = new Body(definitions.Of(ValueDefinition.Patch), IsRequired: true),
                Consumes = MediaTypes.Patches,
                Answers = OperationAnswers.Of(name, 200, 201),
            });
        }

        if (operations.Count > 0)
        {
            yield return PathItem.Of(_root + Collection + "/{name}", [QueryParameters.Name(info.Kind), .. _scope], operations);
        }
    }

    private IEnumerable<PathItem> Watches()
    {
        if (!Has(ApiVerbs.Watch))
        {
            yield break;
        }

        yield return PathItem.Of($"{_root}/watch{Collection}", _scope, [Watch($"watch{_group}{_kind}List", "watchlist")]);
        yield return PathItem.Of($"{_root}/watch{Collection}/{{name}}", [QueryParameters.Name(info.Kind), .. _scope], [Watch($"watch{_group}{_kind}", "watch")]);
        if (info.Namespaced)
        {
            yield return PathItem.Of($"{_root}/watch/{info.Resource}", [QueryParameters.Pretty], [Watch($"watch{_group}{info.Kind}ListForAllNamespaces", "watchlist")]);
        }
    }

    private Operation List(string id) => Operation("get", id, $"Lists objects of kind {info.Kind}, or reports their changes with watch=true.", "list") with
    {
        Parameters = QueryParameters.List,
        Produces = MediaTypes.Watches,
        Answers = OperationAnswers.Of(definitions.ListOf(type, info), 200),
    };

    private Operation Watch(string id, string action) => Operation("get", id, $"Reports changes of objects of kind {info.Kind}. Deprecated: list with watch=true instead.", action) with
    {
        Parameters = QueryParameters.List,
        Produces = MediaTypes.Watches,
        Answers = OperationAnswers.Of(definitions.Of(WatchEvent.Schema), 200),
    };

    private Operation Operation(string method, string id, string description, string action) =>
        new(method, _tag, id, description) { Action = action, Kind = info.GroupVersionKind };

    private bool Has(ApiVerbs verb) => info.Verbs.HasFlag(verb);
}
