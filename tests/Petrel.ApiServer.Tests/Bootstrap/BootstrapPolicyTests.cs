using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api;
using Petrel.Api.Features;
using Petrel.Api.Json;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.ApiServer.Tests.Golden;
using Xunit;

namespace Petrel.ApiServer.Tests.Bootstrap;

public sealed class BootstrapPolicyTests
{
    private static readonly IReadOnlyList<ApiObject> Declared =
        [.. GatheredPolicy.ClusterRoles, .. NamespaceRoles.List, .. BootstrapBindings.Cluster, .. BootstrapBindings.Namespaced];

    public static TheoryData<string> Recordings => Recording.Names("cluster", "cluster-bootstrap-");

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Every_recorded_object_is_declared_as_it_was_recorded(string name)
    {
        foreach (var recorded in Recording.Find("cluster", name).Where(recording => recording.Name == name).SelectMany(static recording => recording.Steps))
        {
            var wanted = Strip(recorded.Answer!.DeepClone().AsObject());
            var declared = Declared.Single(value => (value.GroupVersionKind.Kind, value.Metadata.Namespace, value.Metadata.Name)
                == ((string)wanted["kind"]!, (string?)wanted["metadata"]!["namespace"] ?? "", (string)wanted["metadata"]!["name"]!));
            var actual = Strip(JsonNode.Parse(Encoding.UTF8.GetString(JsonEncoding.Encode(declared)))!.AsObject());
            Assert.True(JsonNode.DeepEquals(wanted, actual), $"recorded {wanted.ToJsonString()}\ndeclared {actual.ToJsonString()}");
        }
    }

    [Fact]
    public void Names_are_unique_and_bindings_lead_to_declared_roles()
    {
        Assert.Equal(Declared.Count, Declared.Select(static value => (value.GroupVersionKind.Kind, value.Metadata.Namespace, value.Metadata.Name)).Distinct().Count());
        Assert.All(BootstrapBindings.Cluster, static binding => Assert.Contains(BootstrapPolicy.ClusterRoles, role => role.Metadata.Name == binding.RoleRef.Name));
        Assert.All(BootstrapBindings.Namespaced, static binding => Assert.Contains(
            NamespaceRoles.List, role => (role.Metadata.Namespace, role.Metadata.Name) == (binding.Metadata.Namespace, binding.RoleRef.Name)));
    }

    [Fact]
    public void Features_bring_roles_and_rules()
    {
        var all = FeatureGates.Parse("AllAlpha=true,AllBeta=true");
        string[] Resources(FeatureGates gates, string role) =>
            [.. FeatureRoles.Extend(BootstrapPolicy.ClusterRoles, gates).Single(each => each.Metadata.Name == role).Rules.SelectMany(static rule => rule.Resources)];

        Assert.Empty(FeatureRoles.Controllers(FeatureGates.Default));
        Assert.Equal(["system:controller:resource-claim-controller", "system:controller:device-taint-eviction-controller"], FeatureRoles.Controllers(all).Select(static role => role.Metadata.Name));
        Assert.DoesNotContain("resourceslices", Resources(FeatureGates.Default, "system:node"));
        Assert.Contains("resourceslices", Resources(all, "system:node"));
        Assert.Contains("devicetaintrules", Resources(all, "system:kube-scheduler"));
    }

    private static JsonObject Strip(JsonObject value)
    {
        var metadata = value["metadata"]!.AsObject();
        foreach (var name in new[] { "uid", "resourceVersion", "creationTimestamp", "managedFields" })
        {
            metadata.Remove(name);
        }

        return value;
    }
}
