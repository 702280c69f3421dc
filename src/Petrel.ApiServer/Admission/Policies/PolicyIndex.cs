using Petrel.Api;
using Petrel.ApiServer.Authorization.Feeds;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>The policies of one kind that are in force, compiled when they change and not when requests come.</summary>
internal sealed class PolicyIndex<TPolicy, TBinding, TRules>
    where TPolicy : ApiObject
    where TBinding : ApiObject
    where TRules : PolicyRules
{
    private readonly Lock _lock = new();
    private readonly KeptObjects<TPolicy, Lazy<PolicyRules>> _policies;
    private readonly KeptObjects<TBinding, PolicyBinding> _bindings;
    private volatile IReadOnlyList<BoundPolicy<TRules>> _inForce = [];

    public PolicyIndex(Func<TPolicy, TRules> compile, Func<TBinding, PolicyBinding> bind)
    {
        // A policy that nothing binds is never compiled.
        _policies = new(policy => new Lazy<PolicyRules>(() => compile(policy)), Change);
        _bindings = new(bind, Change);
    }

    /// <summary>Policies with at least one binding, both in the order of their names.</summary>
    public IReadOnlyList<BoundPolicy<TRules>> InForce => _inForce;

    public IFeedTarget<TPolicy> Policies => _policies;

    public IFeedTarget<TBinding> Bindings => _bindings;

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _inForce =
            [
                .. _bindings.ByName.Values.GroupBy(static binding => binding.PolicyName, StringComparer.Ordinal)
                    .Where(group => _policies.ByName.ContainsKey(group.Key))
                    .OrderBy(static group => group.Key, StringComparer.Ordinal)
                    .Select(group => new BoundPolicy<TRules>((TRules)_policies.ByName[group.Key].Value, [.. group])),
            ];
        }
    }

    /// <param name="make">What is kept of an object.</param>
    /// <param name="change">Makes a change, and finds out what is in force after it.</param>
    private sealed class KeptObjects<T, TKept>(Func<T, TKept> make, Action<Action> change) : IFeedTarget<T>
        where T : ApiObject
    {
        public SortedDictionary<string, TKept> ByName { get; } = new(StringComparer.Ordinal);

        public void Reset(IReadOnlyList<T> objects) => change(() =>
        {
            ByName.Clear();
            foreach (var value in objects)
            {
                ByName[value.Metadata.Name] = make(value);
            }
        });

        public void Set(T value) => change(() => ByName[value.Metadata.Name] = make(value));

        public void Remove(string @namespace, string name) => change(() => ByName.Remove(name));
    }
}
