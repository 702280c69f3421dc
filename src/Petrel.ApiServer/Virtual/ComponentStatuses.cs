using Microsoft.AspNetCore.Http;
using Petrel.Api.Core;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Verbs;

namespace Petrel.ApiServer.Virtual;

/// <summary>The state of the control plane's components, found out for each request.</summary>
/// <param name="components">By name, the check of each.</param>
internal sealed class ComponentStatuses(IReadOnlyList<(string Name, HealthCheck Check)> components) : IVirtualResource
{
    public Type Kind => typeof(ComponentStatus);

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        if (context.Request.Method != "GET" || request.Info.Verb == "watch")
        {
            throw ResourceDispatch.NotAllowed();
        }

        var format = Negotiation.Of(context.Request);
        if (request.Info.Name.Length > 0)
        {
            var check = components.FirstOrDefault(component => component.Name == request.Info.Name).Check
                ?? throw new StatusException(Statuses.NotFound(endpoint.Info.GroupResource, request.Info.Name));
            var status = await StatusAsync(request.Info.Name, check, context.RequestAborted);
            await ObjectAnswer.WriteAsync(context, 200, format, status, endpoint.Info.Columns, endpoint.Time.GetUtcNow());
            return;
        }

        var filter = ListQuery.Of(context.Request, endpoint.Type, isWatch: false).Filter;
        var items = new List<StoredObject>();
        foreach (var (name, check) in components)
        {
            var status = await StatusAsync(name, check, context.RequestAborted);
            if (filter.Matches(status))
            {
                items.Add(await endpoint.Store.PretendAsync(status, revision: 0, context.RequestAborted));
            }
        }

        await ListAnswer.WriteAsync(context, format, endpoint, new ListPage(0, "", null, items));
    }

    private static async Task<ComponentStatus> StatusAsync(string name, HealthCheck check, CancellationToken cancellationToken) =>
        ComponentStatus.Of(name, await check.RunAsync(cancellationToken));
}
