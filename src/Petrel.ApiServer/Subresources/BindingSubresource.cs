using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Validation;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Verbs;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Subresources;

/// <summary>pods/NAME/binding: puts a pod on a node. The scheduler's only write to a pod's spec.</summary>
internal sealed class BindingSubresource : ISubresource
{
    public string Name => "binding";

    public Type Kind => typeof(Pod);

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        if (context.Request.Method != "POST")
        {
            throw ResourceDispatch.NotAllowed();
        }

        var options = WriteOptions.Of(context.Request, "CreateOptions");
        var binding = await SubresourceBody.ReadAsync<Binding>(context);
        Check(binding, request.Info);
        await UpdateFlow.RunAsync(endpoint, request, new NodeAssignment(binding, endpoint.Now()) { Subresource = Name }, options, context.RequestAborted);
        await ResponseWriter.WriteStatusAsync(context, new Api.Meta.Status { StatusValue = "Success", Code = 201 });
    }

    private static void Check(Binding binding, RequestInfo info)
    {
        if (binding.Metadata.Name.Length > 0 && binding.Metadata.Name != info.Name)
        {
            throw new StatusException(Statuses.BadRequest($"the name of the object ({binding.Metadata.Name}) does not match the name on the URL ({info.Name})"));
        }

        if (binding.Metadata.Namespace.Length > 0 && binding.Metadata.Namespace != info.Namespace)
        {
            throw new StatusException(Statuses.BadRequest("the namespace of the provided object does not match the namespace sent on the request"));
        }

        var errors = new FieldErrors();
        if (binding.Target.Kind is not ("" or "Node"))
        {
            errors.NotSupported(FieldPath.Root.Child("target", "kind"), binding.Target.Kind, ["Node", "<empty>"]);
        }

        if (binding.Target.Name.Length == 0)
        {
            errors.Required(FieldPath.Root.Child("target", "name"), "");
        }

        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Unknown(500, errors.Errors[0].ToString()));
        }
    }

    private sealed class NodeAssignment(Binding binding, DateTimeOffset now) : ObjectChange
    {
        public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken)
        {
            var pod = (Pod)old;
            void Refuse(string why) => throw new StatusException(Statuses.Conflict(Pod.Info.GroupResource, pod.Metadata.Name, why));
            if (binding.Metadata.Uid.Length > 0 && binding.Metadata.Uid != pod.Metadata.Uid)
            {
                Refuse($"Precondition failed: UID in precondition: {binding.Metadata.Uid}, UID in object meta: {pod.Metadata.Uid}");
            }

            if (pod.Metadata.DeletionTimestamp is not null)
            {
                Refuse($"pod {pod.Metadata.Name} is being deleted, cannot be assigned to a host");
            }

            if (pod.Spec.NodeName.Length > 0)
            {
                Refuse($"pod {pod.Metadata.Name} is already assigned to node \"{pod.Spec.NodeName}\"");
            }

            if (pod.Spec.SchedulingGates.Count > 0)
            {
                Refuse($"pod {pod.Metadata.Name} has non-empty .spec.schedulingGates");
            }

            var scheduled = new PodCondition { Type = "PodScheduled", Status = "True", LastTransitionTime = now };
            var conditions = pod.Status.Conditions.Where(condition => condition.Type != "PodScheduled").Append(scheduled);
            return ValueTask.FromResult<ApiObject>(pod with
            {
                Metadata = pod.Metadata with { Annotations = pod.Metadata.Annotations.WithRange(binding.Metadata.Annotations) },
                Spec = pod.Spec with { NodeName = binding.Target.Name },
                Status = pod.Status with { Conditions = [.. conditions] },
            });
        }

        public override ApiObject Prepare(ApiObject value, ApiObject old) => value;

        public override void Validate(ApiObject value, ApiObject old, FieldErrors errors)
        {
            // Only the assignment changed, and it was checked above.
        }
    }
}
