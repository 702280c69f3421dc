using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Policy;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Subresources;
using Petrel.ApiServer.Verbs;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Evictions;

/// <summary>pods/NAME/eviction: deletes a pod when nothing that guards it objects (kubernetes.io, "API-initiated Eviction").</summary>
/// <param name="guards">All must allow it.</param>
internal sealed class EvictionSubresource(IReadOnlyList<IEvictionGuard> guards) : ISubresource
{
    private static readonly ResourceType BodyType = ResourceType.Of<Eviction>();

    public string Name => "eviction";

    public Type Kind => typeof(Pod);

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        if (context.Request.Method != "POST")
        {
            throw ResourceDispatch.NotAllowed();
        }

        // 1. What is asked for.
        var options = WriteOptions.Of(context.Request, "CreateOptions");
        var eviction = (Eviction)UrlIdentity.WithNamespace(await BodyReader.ReadObjectAsync(context, BodyType), request.Info, endpoint.Info);
        if (eviction.Metadata.Name.Length > 0 && eviction.Metadata.Name != request.Info.Name)
        {
            throw new StatusException(Statuses.BadRequest("name in URL does not match name in Eviction object"));
        }

        var deletion = eviction.DeleteOptions ?? DeleteOptions.Empty;
        options = options with { DryRun = options.DryRun || DeleteOptionsReader.IsDryRun(deletion) };

        // 2. Whether it may be.
        await AdmitAsync(request, endpoint, eviction, options.DryRun, context.RequestAborted);
        var pod = (Pod)(await endpoint.Store.GetAsync(request.Info.Namespace, request.Info.Name, context.RequestAborted)).Decode();
        CheckPreconditions(pod, deletion.Preconditions);
        if (NeedsConsent(pod))
        {
            foreach (var guard in guards)
            {
                await guard.AllowAsync(pod, options.DryRun, context.RequestAborted);
            }
        }

        // 3. The pod tells why it went, and goes.
        if (!options.DryRun)
        {
            var marked = await UpdateFlow.RunAsync(endpoint, request, new DisruptionMark(pod, endpoint.Now()) { Subresource = "status" }, options, context.RequestAborted);
            deletion = WithPreconditions(deletion, pod.Metadata.Uid, ResourceStore.Text(marked.Revision));
        }

        await DeleteFlow.RunAsync(endpoint, request, pod.Metadata.Namespace, pod.Metadata.Name, deletion, options.DryRun, context.RequestAborted);
        await ResponseWriter.WriteStatusAsync(context, new Status { StatusValue = "Success", Code = 201 });
    }

    private static bool NeedsConsent(Pod pod) => pod.Metadata.DeletionTimestamp is null && pod.Status.Phase is not ("Pending" or "Succeeded" or "Failed");

    private static async ValueTask AdmitAsync(RequestContext request, ResourceEndpoint endpoint, Eviction eviction, bool dryRun, CancellationToken cancellationToken)
    {
        var admission = new AdmissionRequest(AdmissionOperation.Create, endpoint.Type, request)
        {
            Subresource = "eviction",
            Namespace = request.Info.Namespace,
            Name = request.Info.Name,
            DryRun = dryRun,
            Object = eviction,
        };
        await endpoint.Admission.MutateAsync(admission, cancellationToken);
        await endpoint.Admission.ValidateAsync(admission, cancellationToken);
    }

    private static void CheckPreconditions(Pod pod, Preconditions? preconditions)
    {
        void Refuse(string what, string wanted, string actual, string done) => throw new StatusException(Statuses.Conflict(
            new GroupResource("", "Pod"),
            pod.Metadata.Name,
            $"the {what} in the precondition ({wanted}) does not match the {what} in record ({actual}). The object might have been {done}"));
        if (preconditions?.Uid is { } uid && uid != pod.Metadata.Uid)
        {
            Refuse("UID", uid, pod.Metadata.Uid, "deleted and then recreated");
        }

        if (preconditions?.ResourceVersion is { } version && version != pod.Metadata.ResourceVersion)
        {
            Refuse("ResourceVersion", version, pod.Metadata.ResourceVersion, "modified");
        }
    }

    // The pod that was looked at goes, not one that has its name by now; a version that the client insists on has been passed by the mark.
    private static DeleteOptions WithPreconditions(DeleteOptions options, string uid, string version) => options with
    {
        Preconditions = new Preconditions { Uid = uid, ResourceVersion = options.Preconditions?.ResourceVersion is null ? null : version },
    };

    /// <summary>Adds the condition DisruptionTarget (KEP-3329).</summary>
    private sealed class DisruptionMark(Pod evicted, DateTimeOffset now) : ObjectChange
    {
        private const string ConditionType = "DisruptionTarget";

        public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken)
        {
            var pod = (Pod)old;
            var before = pod.Status.Conditions.FirstOrDefault(condition => condition.Type == ConditionType);
            var mark = new PodCondition
            {
                Type = ConditionType,
                Status = "True",
                Reason = "EvictionByEvictionAPI",
                Message = "Eviction API: evicting",
                LastTransitionTime = before is { Status: "True" } ? before.LastTransitionTime : now,
            };
            return ValueTask.FromResult<ApiObject>(pod with
            {
                Metadata = pod.Metadata with { Uid = evicted.Metadata.Uid },
                Status = pod.Status with { Conditions = [.. pod.Status.Conditions.Where(condition => condition.Type != ConditionType), mark] },
            });
        }
    }
}
