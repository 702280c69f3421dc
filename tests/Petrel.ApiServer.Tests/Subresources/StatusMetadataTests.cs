using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Subresources;

/// <summary>What a write of the status may change beside it, and what its writer comes to own.</summary>
public sealed class StatusMetadataTests : IAsyncLifetime
{
    private const string Merge = "application/merge-patch+json";

    private TestServer _server = null!;

    private IApi Api => _server.Admin;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas", """{"metadata":{"name":"x"},"spec":{"priorityLevelConfiguration":{"name":"catch-all"}}}""")]
    [InlineData("/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations", """{"metadata":{"name":"x"},"spec":{"type":"Limited","limited":{"limitResponse":{"type":"Reject"}}}}""")]
    [InlineData("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies", """{"metadata":{"name":"x"},"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["pods"]}]},"validations":[{"expression":"true"}]}}""")]
    public async Task Metadata_stays_as_it_is(string kind, string json)
    {
        Assert.Equal(201, (await Api.SendAsync("POST", kind, json)).Code);
        var (code, body) = await Api.SendAsync(
            "PATCH", kind + "/x/status", """{"metadata":{"labels":{"a":"b"},"annotations":{"a":"b"},"finalizers":["a.b/c"]},"status":{"conditions":[{"type":"Dangling","status":"True","reason":"R","message":"m","lastTransitionTime":"2024-01-01T00:00:00Z"}]}}""", Merge);
        Assert.Equal((200, "", "", ""), (code, body.Text("metadata", "labels"), body.Text("metadata", "annotations"), body.Text("metadata", "finalizers")));
        Assert.Equal("True", body["status"]!["conditions"]![0]!.Text("status"));
    }

    [Theory]
    [InlineData("apps/v1", "Deployment", "deployments", "{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}", "\"labels\":{\"l\":\"1\"},\"annotations\":{\"n\":\"1\"}", "{\"f:metadata\":{\"f:annotations\":{\"f:n\":{}}},\"f:status\":{\"f:observedGeneration\":{}}}", "\"observedGeneration\":1")]
    [InlineData("v1", "Pod", "pods", "{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}", "\"labels\":{\"l\":\"1\"},\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"o\",\"uid\":\"u\"}]", "{\"f:metadata\":{\"f:labels\":{\"f:l\":{}}},\"f:status\":{\"f:message\":{}}}", "\"message\":\"m\"")]
    public async Task Who_applies_the_status_does_not_own_what_it_cannot_change(string version, string kind, string resource, string spec, string metadata, string owned, string status)
    {
        var path = $"/{(version == "v1" ? "api" : "apis")}/{version}/namespaces/default/{resource}";
        Assert.Equal(201, (await Api.SendAsync("POST", "/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"default"}}""")).Code);
        Assert.Equal(201, (await Api.SendAsync("POST", path, $$"""{"metadata":{"name":"x"},"spec":{{spec}}}""")).Code);
        var (code, body) = await Api.ApplyAsync(path + "/x/status?fieldManager=me", $$$"""{"apiVersion":"{{{version}}}","kind":"{{{kind}}}","metadata":{"name":"x",{{{metadata}}}},"status":{{{{status}}}}}""");
        Assert.Equal(200, code);
        Assert.Equal(owned, body["metadata"]!["managedFields"]!.AsArray().Single(static entry => entry!.Text("manager") == "me")!["fieldsV1"]!.ToJsonString());
    }

    [Fact]
    public async Task The_first_delete_of_a_definition_only_begins_it()
    {
        const string Definitions = CustomResources.CustomKinds.Definitions;
        Assert.Equal(201, (await Api.SendAsync("POST", Definitions, """
            {"metadata":{"name":"things.example.com"},"spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"things","kind":"Thing"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """)).Code);
        var (code, body) = await Api.SendAsync("DELETE", Definitions + "/things.example.com?dryRun=All&propagationPolicy=Foreground");
        Assert.Equal((200, "[\"customresourcecleanup.apiextensions.k8s.io\"]"), (code, body["metadata"]!["finalizers"]!.ToJsonString()));
    }
}
