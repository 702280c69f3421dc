using Petrel.Api.AdmissionRegistration;
using Petrel.ApiServer.Authorization.Feeds;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>The validating policies that are in force, compiled when they change and not when requests come.</summary>
internal sealed class PolicyIndex : IFeedTarget<ValidatingAdmissionPolicy>, IFeedTarget<ValidatingAdmissionPolicyBinding>
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Lazy<CompiledPolicy>> _policies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PolicyBinding> _bindings = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<BoundPolicy> _inForce = [];

    /// <summary>Policies with at least one binding, both in the order of their names.</summary>
    public IReadOnlyList<BoundPolicy> InForce => _inForce;

    void IFeedTarget<ValidatingAdmissionPolicy>.Reset(IReadOnlyList<ValidatingAdmissionPolicy> objects) => Change(() =>
    {
        _policies.Clear();
        foreach (var policy in objects)
        {
            Add(policy);
        }
    });

    void IFeedTarget<ValidatingAdmissionPolicy>.Set(ValidatingAdmissionPolicy value) => Change(() => Add(value));

    void IFeedTarget<ValidatingAdmissionPolicy>.Remove(string @namespace, string name) => Change(() => _policies.Remove(name));

    void IFeedTarget<ValidatingAdmissionPolicyBinding>.Reset(IReadOnlyList<ValidatingAdmissionPolicyBinding> objects) => Change(() =>
    {
        _bindings.Clear();
        foreach (var binding in objects)
        {
            _bindings[binding.Metadata.Name] = new PolicyBinding(binding);
        }
    });

    void IFeedTarget<ValidatingAdmissionPolicyBinding>.Set(ValidatingAdmissionPolicyBinding value) =>
        Change(() => _bindings[value.Metadata.Name] = new PolicyBinding(value));

    void IFeedTarget<ValidatingAdmissionPolicyBinding>.Remove(string @namespace, string name) => Change(() => _bindings.Remove(name));

    // A policy that nothing binds is never compiled.
    private void Add(ValidatingAdmissionPolicy policy) => _policies[policy.Metadata.Name] = new Lazy<CompiledPolicy>(() => new CompiledPolicy(policy));

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _inForce =
            [
                .. _bindings.Values.GroupBy(static binding => binding.PolicyName, StringComparer.Ordinal)
                    .Where(group => _policies.ContainsKey(group.Key))
                    .OrderBy(static group => group.Key, StringComparer.Ordinal)
                    .Select(group => new BoundPolicy(_policies[group.Key].Value, [.. group])),
            ];
        }
    }
}
