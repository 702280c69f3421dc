using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Verbs;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Subresources;

/// <summary>pods/NAME/binding: puts a pod on a node. The scheduler's only write to a pod's spec.</summary>
internal sealed class BindingSubresource : ISubresource
{
    private static readonly ResourceType BodyType = ResourceType.Of<Binding>();

    public string Name => "binding";

    public Type Kind => typeof(Pod);

    public Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint) =>
        context.Request.Method == "POST" ? BindAsync(context, request, endpoint, endpoint, Name) : throw ResourceDispatch.NotAllowed();

    /// <summary>Binds the pod that the URL names, or the body where it names none.</summary>
    /// <param name="asked">The resource of the URL: pods, or bindings.</param>
    /// <param name="subresource">The subresource of the URL; empty for bindings.</param>
    public static async Task BindAsync(HttpContext context, RequestContext request, ResourceEndpoint pods, ResourceEndpoint asked, string subresource)
    {
        var options = WriteOptions.Of(context.Request, "CreateOptions");
        var binding = await SubresourceBody.ReadAsync<Binding>(context);
        binding = UrlIdentity.WithNamespace(binding, request.Info, pods.Info);
        Check(binding, request.Info);
        var admission = new AdmissionRequest(AdmissionOperation.Create, asked.Type, request)
        {
            Subresource = subresource,
            Namespace = request.Info.Namespace,
            Name = binding.Metadata.Name,
            DryRun = options.DryRun,
            Options = OperationOptions.Create(options),
            DecodeBody = BodyType.Decode,
            Object = binding,
        };
        await pods.Admission.MutateAsync(admission, context.RequestAborted);
        binding = (Binding)admission.Object!;
        await pods.Admission.ValidateAsync(admission, context.RequestAborted);
        var change = new NodeAssignment(pods, binding) { Subresource = "binding" };
        await UpdateFlow.RunAsync(pods, request, change, options, context.RequestAborted);
        await ResponseWriter.WriteStatusAsync(context, new Api.Meta.Status { StatusValue = "Success", Code = 201 });
    }

    private static void Check(Binding binding, RequestInfo info)
    {
        if (info.Name.Length > 0 && binding.Metadata.Name != info.Name)
        {
            throw new StatusException(Statuses.BadRequest("name in URL does not match name in Binding object"));
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
            var lines = errors.Errors.Select(static error => error.ToString()).ToList();
            throw new StatusException(Statuses.Unknown(500, lines.Count == 1 ? lines[0] : "[" + string.Join(", ", lines) + "]"));
        }

        if (binding.Metadata.Name.Length == 0)
        {
            throw new StatusException(Statuses.BadRequest("Name parameter required."));
        }
    }

    /// <summary>Upstream writes a binding past the strategy of pods: neither generation nor managers change.</summary>
    private sealed class NodeAssignment(ResourceEndpoint endpoint, Binding binding) : ObjectChange
    {
        private static readonly GroupResource Resource = new("", "pods/binding");

        public override string? Name => binding.Metadata.Name;

        public override bool TracksFields => true;

        public override bool IsAdmitted => true;

        public override bool CountsGeneration => false;

        public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken)
        {
            var pod = (Pod)old;
            void Refuse(string why) => throw new StatusException(Statuses.Conflict(Resource, pod.Metadata.Name, why));
            if (binding.Metadata.Uid.Length > 0 && binding.Metadata.Uid != pod.Metadata.Uid)
            {
                throw new StatusException(UpdateFlow.OtherUid(endpoint, pod, binding.Metadata.Uid));
            }

            if (binding.Metadata.ResourceVersion.Length > 0 && binding.Metadata.ResourceVersion != pod.Metadata.ResourceVersion)
            {
                throw new StatusException(UpdateFlow.OtherState(endpoint, pod, $"ResourceVersion in precondition: {binding.Metadata.ResourceVersion}, ResourceVersion in object meta: {pod.Metadata.ResourceVersion}"));
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

            var scheduled = new PodCondition { Type = "PodScheduled", Status = "True", LastTransitionTime = endpoint.Now() };
            var conditions = pod.Status.Conditions.Where(condition => condition.Type != "PodScheduled").Append(scheduled);
            return ValueTask.FromResult<ApiObject>(pod with
            {
                Metadata = pod.Metadata with
                {
                    Annotations = pod.Metadata.Annotations.WithRange(binding.Metadata.Annotations),
                    Labels = FeatureGates.IsOn(KnownFeatures.PodTopologyLabelsAdmission)
                        ? PodTopologyLabels.Merge(pod.Metadata.Labels, (IEnumerable<KeyValuePair<string, string>>)binding.Metadata.Labels)
                        : pod.Metadata.Labels,
                },
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
