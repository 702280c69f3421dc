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
internal sealed class EvictionSubresource(IReadOnlyList<IEvictionGuard> guards, TimeProvider time) : ISubresource
{
    /// <summary>Tries for a pod that may go as long as it does not change, but does.</summary>
    private const int AttemptsMax = 20;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private static readonly ResourceType BodyType = ResourceType.Of<Eviction>();

    // The version before is not served any more, but its evictions are taken.
    private static readonly BodyFormat Format = BodyFormat.Of(BodyType) with { Alternative = new GroupVersionKind("policy", "v1beta1", "Eviction") };

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
        var eviction = (Eviction)UrlIdentity.WithNamespace(await BodyReader.ReadObjectAsync(context, Format), request.Info, endpoint.Info);
        if (eviction.Metadata.Name != request.Info.Name)
        {
            throw new StatusException(Statuses.BadRequest("name in URL does not match name in Eviction object"));
        }

        var deletion = eviction.DeleteOptions ?? DeleteOptions.Empty;
        options = options with { DryRun = options.DryRun || DeleteOptionsReader.IsDryRun(deletion) };

        // 2. Whether it may be, and the end.
        await AdmitAsync(request, endpoint, eviction, options, context.RequestAborted);
        await EvictAsync(endpoint, request, deletion, options, context.RequestAborted);
        await ResponseWriter.WriteStatusAsync(context, new Status { StatusValue = "Success", Code = 201 });
    }

    private async Task EvictAsync(ResourceEndpoint endpoint, RequestContext request, DeleteOptions deletion, WriteOptions options, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await endpoint.Store.GetAsync(request.Info.Namespace, request.Info.Name, cancellationToken);
            var pod = (Pod)stored.Decode();
            CheckPreconditions(pod, deletion.Preconditions);

            // 1. What the guards say. A pod that has not started is held to none, as long as it has not.
            StatusException? refusalOfChanged = null;
            var isFree = !NeedsConsent(pod);
            foreach (var guard in isFree ? [] : guards)
            {
                refusalOfChanged = await guard.AllowAsync(pod, options.DryRun, cancellationToken) ?? refusalOfChanged;
            }

            // 2. The pod tells why it went, and goes.
            var isUnchangedOnly = deletion.Preconditions?.ResourceVersion is null && (refusalOfChanged is not null || (isFree && pod.Status.Phase == "Pending" && pod.Metadata.DeletionTimestamp is null));
            var preconditions = new Preconditions
            {
                Uid = pod.Metadata.Uid,
                ResourceVersion = isUnchangedOnly ? pod.Metadata.ResourceVersion : deletion.Preconditions?.ResourceVersion,
            };
            try
            {
                await RemoveAsync(endpoint, request, deletion with { Preconditions = preconditions }, options, cancellationToken);
                return;
            }
            catch (StatusException conflict) when (isUnchangedOnly && conflict.Status.Reason == "Conflict")
            {
                if (refusalOfChanged is not null)
                {
                    throw refusalOfChanged;
                }

                if (attempt == AttemptsMax)
                {
                    throw;
                }

                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }

    private static async Task RemoveAsync(ResourceEndpoint endpoint, RequestContext request, DeleteOptions deletion, WriteOptions options, CancellationToken cancellationToken)
    {
        if (!options.DryRun)
        {
            var mark = new DisruptionMark(deletion.Preconditions, endpoint.Now()) { Subresource = "status" };
            var marked = await UpdateFlow.RunAsync(endpoint, request, mark, options, cancellationToken);
            if (deletion.Preconditions?.ResourceVersion is not null)
            {
                // The mark was made on the version that is insisted on.
                deletion = deletion with { Preconditions = deletion.Preconditions with { ResourceVersion = ResourceStore.Text(marked.Revision) } };
            }
        }

        await DeleteFlow.RunAsync(endpoint, request, request.Info.Namespace, request.Info.Name, deletion, options.DryRun, cancellationToken);
    }

    private static bool NeedsConsent(Pod pod) => pod.Metadata.DeletionTimestamp is null && pod.Status.Phase is not ("Pending" or "Succeeded" or "Failed");

    private static async ValueTask AdmitAsync(RequestContext request, ResourceEndpoint endpoint, Eviction eviction, WriteOptions options, CancellationToken cancellationToken)
    {
        var admission = new AdmissionRequest(AdmissionOperation.Create, endpoint.Type, request)
        {
            Subresource = "eviction",
            Namespace = request.Info.Namespace,
            Name = request.Info.Name,
            DryRun = options.DryRun,
            Options = OperationOptions.Create(options),
            DecodeBody = BodyType.Decode,
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

    /// <summary>Adds the condition DisruptionTarget (KEP-3329).</summary>
    private sealed class DisruptionMark(Preconditions? preconditions, DateTimeOffset now) : ObjectChange
    {
        private const string ConditionType = "DisruptionTarget";

        /// <summary>As upstream, where who evicts a pod does not own the condition.</summary>
        public override bool TracksFields => true;

        public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken)
        {
            var pod = (Pod)old;
            CheckPreconditions(pod, preconditions);
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
                Status = pod.Status with { Conditions = [.. pod.Status.Conditions.Where(condition => condition.Type != ConditionType), mark] },
            });
        }
    }
}
