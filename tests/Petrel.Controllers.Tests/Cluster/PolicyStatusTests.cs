using Petrel.Api.AdmissionRegistration;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class PolicyStatusTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_policy_is_told_which_expressions_do_not_fit_its_kinds()
    {
        await _cluster.Api.CreateAsync(Policy(["deployments", "replicasets"], "object.spec.replicas > 1 && object.metadata.labels.size() > 0", "object.replicas > 1"), default);
        var status = (await UntilAsync(1)).Status;
        var warning = Assert.Single(status.TypeChecking!.ExpressionWarnings);
        Assert.Equal("spec.validations[1].expression", warning.FieldRef);
        const string Error = "ERROR: <input>:1:7: undefined field 'replicas'\n | object.replicas > 1\n | ......^\n";
        Assert.Equal($"apps/v1, Kind=Deployment: {Error}\napps/v1, Kind=ReplicaSet: {Error}", warning.Warning);
    }

    [Fact]
    public async Task A_changed_policy_is_looked_at_again_and_its_status_is_owned_by_the_controller()
    {
        await _cluster.Api.CreateAsync(Policy(["deployments"], "variables.wanted <= '5'"), default);
        var policy = await UntilAsync(1);
        Assert.Contains("found no matching overload for '_<=_' applied to '(int, string)'", Assert.Single(policy.Status.TypeChecking!.ExpressionWarnings).Warning, StringComparison.Ordinal);
        Assert.Contains(policy.Metadata.ManagedFields, static entry => entry is { Manager: "validatingadmissionpolicy-status", Operation: "Apply", Subresource: "status" });

        await _cluster.Api.UpdateAsync(policy with { Spec = policy.Spec with { Validations = [new Validation { Expression = "variables.wanted <= 5" }] } }, default);

        // An apply that gives up the last field of a part leaves nothing of the part.
        Assert.Empty((await UntilAsync(2)).Status.TypeChecking?.ExpressionWarnings ?? default);
    }

    [Fact]
    public async Task Kinds_behind_wildcards_and_unknown_kinds_are_not_looked_at()
    {
        await _cluster.Api.CreateAsync(Policy(["*"], "object.nothing == 1"), default);
        Assert.Empty((await UntilAsync(1)).Status.TypeChecking!.ExpressionWarnings);
        var policy = await _cluster.Api.GetAsync<ValidatingAdmissionPolicy>(null, "p", default);
        await _cluster.Api.UpdateAsync(policy with { Spec = Policy(["widgets"], "object.nothing == 1").Spec }, default);
        Assert.Empty((await UntilAsync(2)).Status.TypeChecking!.ExpressionWarnings);
    }

    private Task<ValidatingAdmissionPolicy> UntilAsync(long generation) =>
        _cluster.UntilAsync<ValidatingAdmissionPolicy>(null, "p", policy => policy.Status.ObservedGeneration == generation);

    private static ValidatingAdmissionPolicy Policy(string[] resources, params string[] expressions) => new()
    {
        Metadata = new() { Name = "p" },
        Spec = new()
        {
            MatchConstraints = new()
            {
                ResourceRules = [new NamedRuleWithOperations { Operations = ["CREATE"], ApiGroups = ["apps"], ApiVersions = ["v1"], Resources = [.. resources] }],
            },
            Variables = [new Variable { Name = "wanted", Expression = "object.spec.replicas" }],
            Validations = [.. expressions.Select(static expression => new Validation { Expression = expression })],
        },
    };
}
