using Microsoft.AspNetCore.Http;
using Petrel.Api.Meta;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Subresources;
using Petrel.ApiServer.Virtual;
using ApiVerbs = Petrel.Api.Resources.Verbs;

namespace Petrel.ApiServer.Verbs;

/// <summary>Finds what a resource request is for: the resource, then the subresource or the verb.</summary>
internal sealed class ResourceDispatch(ResourceRegistry registry, IReadOnlyList<ISubresource> subresources, IReadOnlyList<IVirtualResource> virtuals, IVerb patch)
{
    private readonly Create _create = new();
    private readonly Update _update = new();
    private readonly Get _get = new();
    private readonly List _list = new();
    private readonly Watch _watch = new();
    private readonly Delete _delete = new();
    private readonly DeleteCollection _deleteCollection = new();

    /// <summary>Answers the request; false when its group is not served at all.</summary>
    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        var info = request.Info;
        if (!registry.HasGroup(info.Group))
        {
            return false;
        }

        var endpoint = registry.Find(info.Group, info.Version, info.Resource);
        if (endpoint is null || !IsInScope(endpoint, request))
        {
            if (!registry.IsBuiltIn(info.Group))
            {
                return false;
            }

            throw new StatusException(Statuses.ResourceNotFound());
        }

        if ((endpoint.Info.Deprecation?.Warning(endpoint.Info) ?? endpoint.Info.DeprecationWarning) is { } warning)
        {
            request.Warn(warning);
            if (endpoint.Info.Deprecation is { } deprecation && request.Audit is not null)
            {
                request.Annotate("k8s.io/deprecated", "true");
                if (deprecation.Removed is { } removed)
                {
                    request.Annotate("k8s.io/removed-release", removed.TrimStart('v'));
                }
            }
        }

        if (info.Subresource.Length > 0)
        {
            await SubresourceOf(endpoint, info).InvokeAsync(context, request, endpoint);
            return true;
        }

        if (virtuals.FirstOrDefault(candidate => candidate.Kind == endpoint.Type.ClrType) is { } answered)
        {
            await answered.InvokeAsync(context, request, endpoint);
            return true;
        }

        await VerbOf(endpoint, context.Request, info).InvokeAsync(context, request, endpoint);
        return true;
    }

    private static bool IsInScope(ResourceEndpoint endpoint, RequestContext request)
    {
        var info = request.Info;
        if (!endpoint.Info.Namespaced)
        {
            return !info.HasNamespaceSegment;
        }

        // Without a namespace there are only lists and watches over all of them; virtual resources have no lists.
        return info.Namespace.Length > 0 || info.Name.Length == 0;
    }

    private IVerb VerbOf(ResourceEndpoint endpoint, HttpRequest request, RequestInfo info)
    {
        var isCollection = info.Name.Length == 0;
        (ApiVerbs Needed, IVerb? Verb) verb = (request.Method, isCollection) switch
        {
            ("GET", _) when info.Verb == "watch" => (ApiVerbs.Watch, _watch),
            ("GET", true) => (ApiVerbs.List, _list),
            ("GET", false) => (ApiVerbs.Get, _get),
            ("POST", true) => (ApiVerbs.Create, _create),
            ("PUT", false) => (ApiVerbs.Update, _update),
            ("PATCH", false) => (ApiVerbs.Patch, patch),
            ("DELETE", true) => (ApiVerbs.DeleteCollection, _deleteCollection),
            ("DELETE", false) => (ApiVerbs.Delete, _delete),
            _ => (ApiVerbs.None, null),
        };
        var needsNamespace = verb.Item1 is ApiVerbs.Create or ApiVerbs.DeleteCollection;
        if (verb.Verb is null || !endpoint.Info.Verbs.HasFlag(verb.Needed) || (needsNamespace && endpoint.Info.Namespaced && info.Namespace.Length == 0))
        {
            throw NotAllowed();
        }

        if (verb.Needed == ApiVerbs.Create && endpoint.Info.IsEnding)
        {
            throw new StatusException(Statuses.Failure(
                405,
                "MethodNotAllowed",
                "create not allowed while custom resource definition is terminating",
                new StatusDetails { Group = endpoint.Info.Group, Kind = endpoint.Info.Resource }));
        }

        return verb.Verb;
    }

    private ISubresource SubresourceOf(ResourceEndpoint endpoint, RequestInfo info)
    {
        var isDeclared = endpoint.Info.Subresources.Any(candidate => candidate.Name == info.Subresource);
        var subresource = isDeclared
            ? subresources.FirstOrDefault(candidate => candidate.Name == info.Subresource && (candidate.Kind is null || candidate.Kind == endpoint.Type.ClrType))
            : null;
        return subresource ?? throw new StatusException(Statuses.ResourceNotFound());
    }

    public static StatusException NotAllowed() =>
        new(Statuses.Failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", StatusDetails.Empty));
}
