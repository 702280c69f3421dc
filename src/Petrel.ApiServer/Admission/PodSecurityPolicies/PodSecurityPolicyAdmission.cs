using Petrel.Api.Core;
using Petrel.Api.Policy;
using Petrel.Api.Validation;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Admission.PodSecurityPolicies;

/// <summary>
/// Holds new and changed pods to one of the pod security policies that their creator or their service account may use, and fills in
/// what that policy gives. A policy that leaves the pod as it is is preferred, then the first by name.
/// </summary>
internal sealed class PodSecurityPolicyAdmission(Func<ResourceEndpoint> policies, IAuthorizer authorizer) : IMutatingAdmission, IValidatingAdmission
{
    private const string Annotation = "kubernetes.io/psp";

    public string Name => "PodSecurityPolicy";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!IsConcerned(request))
        {
            return;
        }

        var found = await FindAsync(request, mayChange: request.Operation == AdmissionOperation.Create, cancellationToken);
        if (found.Pod is { } pod)
        {
            request.Object = pod with { Metadata = pod.Metadata with { Annotations = pod.Metadata.Annotations.With(Annotation, found.Policy) } };
        }
    }

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!IsConcerned(request))
        {
            return;
        }

        var found = await FindAsync(request, mayChange: false, cancellationToken);
        if (found.Pod is null)
        {
            throw new StatusException(Statuses.Forbidden(
                request.Type.Info.GroupResource, request.EffectiveName, $"PodSecurityPolicy: unable to admit pod: [{string.Join(' ', found.Problems)}]"));
        }
    }

    // What does not change a pod's spec asks for nothing.
    private static bool IsConcerned(AdmissionRequest request) => request.Is<Pod>() && request.Operation switch
    {
        AdmissionOperation.Create => request.Object is Pod,
        AdmissionOperation.Update => request is { Object: Pod pod, OldObject: Pod old } && pod.Metadata.DeletionTimestamp is null && pod.Spec != old.Spec,
        _ => false,
    };

    // The pod as the policy that takes it makes it; null, and what speaks against each policy, when none takes it.
    private async ValueTask<(Pod? Pod, string Policy, IReadOnlyList<string> Problems)> FindAsync(AdmissionRequest request, bool mayChange, CancellationToken cancellationToken)
    {
        var pod = (Pod)request.Object!;
        var problems = new List<string>();
        (Pod Pod, string Policy)? changed = null;
        foreach (var policy in await UsableAsync(pod, request, cancellationToken))
        {
            var filled = PolicyFill.Fill(pod, policy.Spec);
            var errors = new FieldErrors();
            PolicyChecks.Check(filled, policy.Spec, errors);
            if (errors.Count > 0)
            {
                problems.AddRange(errors.Errors.Select(static error => $"{error.Field}: {error.Message}"));
            }
            else if (filled.Spec == pod.Spec)
            {
                return (filled, policy.Metadata.Name, []);
            }
            else if (mayChange)
            {
                changed ??= (filled, policy.Metadata.Name);
            }
        }

        return changed is { } first ? (first.Pod, first.Policy, []) : (null, "", problems);
    }

    // In the order of their names, which is that of the store.
    private async ValueTask<IReadOnlyList<PodSecurityPolicy>> UsableAsync(Pod pod, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var store = policies().Store;
        var found = await store.RangeAsync(new RangeRequest(store.RangeOf("")), cancellationToken);
        var account = pod.Spec.ServiceAccountName.Length == 0 ? null : Components.ServiceAccount(request.Namespace, pod.Spec.ServiceAccountName);
        var usable = new List<PodSecurityPolicy>();
        foreach (var policy in found.Items.Select(item => (PodSecurityPolicy)store.Wrap(item).Decode()))
        {
            if (await MayUseAsync(request.User, policy, request.Namespace) || (account is not null && await MayUseAsync(account, policy, request.Namespace)))
            {
                usable.Add(policy);
            }
        }

        return usable;
    }

    private async ValueTask<bool> MayUseAsync(UserInfo user, PodSecurityPolicy policy, string @namespace)
    {
        var decision = await authorizer.AuthorizeAsync(new AuthorizationAttributes(user, "use")
        {
            IsResource = true,
            Group = PodSecurityPolicy.Info.Group,
            Version = "*",
            Resource = PodSecurityPolicy.Info.Resource,
            Name = policy.Metadata.Name,
            Namespace = @namespace,
        });
        return decision.IsAllowed;
    }
}
