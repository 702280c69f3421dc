using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Expressions;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Resources;

namespace Petrel.Controllers.AdmissionPolicies;

/// <summary>Tells in the status of each ValidatingAdmissionPolicy which of its expressions do not fit the kinds that it is about.</summary>
internal sealed class PolicyStatusController : IReconciler
{
    private readonly ControllerServices _services;
    private readonly Informer<ValidatingAdmissionPolicy> _policies;

    public PolicyStatusController(ControllerServices services)
    {
        _services = services;
        _policies = services.Informers.For<ValidatingAdmissionPolicy>();
    }

    public string Name => "validatingadmissionpolicy-status";

    public void Setup(WorkQueue<ObjectKey> queue) => _policies.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_policies.Cache.Find(key) is not { } policy || policy.Status.ObservedGeneration >= policy.Metadata.Generation)
        {
            return;
        }

        var status = new ValidatingAdmissionPolicyStatus
        {
            ObservedGeneration = policy.Metadata.Generation,
            TypeChecking = new TypeChecking { ExpressionWarnings = PolicyTypeCheck.Check(policy.Spec) },
        };
        await AppliedStatus.ApplyAsync(_services.Api, ValidatingAdmissionPolicy.Info, key.Name, Name, status, cancellationToken);
    }
}
