using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api.Features;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Registry;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Kinds;

/// <summary>The kinds of dynamic resource allocation, in their three versions.</summary>
public sealed class DeviceKindsTests : IAsyncLifetime
{
    private const string Group = "/apis/resource.k8s.io";
    private const string Claims = Group + "/v1beta2/namespaces/default/resourceclaims";

    private TestServer? _server;
    private HttpClient? _client;

    private HttpClient Client => _client!;

    public async Task InitializeAsync() => (_server, _client) = await StartAsync("AllAlpha=true,AllBeta=true");

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task A_claim_is_flat_in_the_older_versions_and_has_their_defaults()
    {
        await PostAsync(Group + "/v1beta1/namespaces/default/resourceclaims", """
            {"metadata": {"name": "c"}, "spec": {"devices": {"requests": [
              {"name": "a", "deviceClassName": "gpu", "tolerations": [{"key": "k"}]}, {"name": "b", "firstAvailable": [{"name": "x", "deviceClassName": "gpu", "allocationMode": "All"}]}]}}}
            """);

        var newer = (await GetAsync(Claims + "/c"))["spec"]!["devices"]!["requests"]!;
        var older = (await GetAsync(Group + "/v1alpha3/namespaces/default/resourceclaims/c"))["spec"]!["devices"]!["requests"]!;

        AssertJson("""
            [{"name": "a", "exactly": {"deviceClassName": "gpu", "allocationMode": "ExactCount", "count": 1, "tolerations": [{"key": "k", "operator": "Equal"}]}},
             {"name": "b", "firstAvailable": [{"name": "x", "deviceClassName": "gpu", "allocationMode": "All"}]}]
            """, newer);
        AssertJson("""
            [{"name": "a", "deviceClassName": "gpu", "allocationMode": "ExactCount", "count": 1, "tolerations": [{"key": "k", "operator": "Equal"}]},
             {"name": "b", "firstAvailable": [{"name": "x", "deviceClassName": "gpu", "allocationMode": "All"}]}]
            """, older);
    }

    [Fact]
    public async Task A_slice_has_its_devices_parts_in_basic_in_the_older_versions_and_bare_amounts_in_the_oldest()
    {
        var created = await PostAsync(Group + "/v1beta2/resourceslices", """
            {"metadata": {"name": "s"}, "spec": {"driver": "d.example.com", "pool": {"name": "n1", "resourceSliceCount": 1}, "nodeName": "n1", "devices": [
              {"name": "g", "attributes": {"model": {"string": "a"}}, "capacity": {"memory": {"value": "1Gi"}}, "taints": [{"key": "k", "effect": "NoSchedule"}]}]}}
            """);

        var middle = (await GetAsync(Group + "/v1beta1/resourceslices/s"))["spec"]!["devices"]![0]!["basic"]!;
        var oldest = (await GetAsync(Group + "/v1alpha3/resourceslices/s"))["spec"]!["devices"]![0]!["basic"]!;

        Assert.Equal(1, (int)created["metadata"]!["generation"]!);
        Assert.NotNull(created["spec"]!["devices"]![0]!["taints"]![0]!["timeAdded"]);
        AssertJson("""{"memory": {"value": "1Gi"}}""", middle["capacity"]!);
        AssertJson("""{"memory": "1Gi"}""", oldest["capacity"]!);
    }

    [Theory]
    [InlineData("spec.nodeName=n1", 1)]
    [InlineData("spec.nodeName=n2", 0)]
    [InlineData("spec.driver=d.example.com", 1)]
    public async Task Slices_are_found_by_node_and_driver(string selector, int count)
    {
        await PostAsync(Group + "/v1beta1/resourceslices", """{"metadata": {"name": "s"}, "spec": {"driver": "d.example.com", "pool": {"name": "n1", "resourceSliceCount": 1}, "nodeName": "n1"}}""");

        Assert.Equal(count, (await GetAsync($"{Group}/v1alpha3/resourceslices?fieldSelector={selector}"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Slices_are_not_found_by_other_fields() => Assert.Equal(
        "field label not supported for resource.k8s.io/v1beta2, Kind=ResourceSlice: spec.pool",
        (await GetAsync(Group + "/v1beta2/resourceslices?fieldSelector=spec.pool=x")).Text("message"));

    [Theory]
    [InlineData(
        "v1beta2/namespaces/default/resourceclaims",
        """{"spec": {"devices": {"requests": [{"name": "A"}, {"name": "a", "exactly": {"count": -1, "adminAccess": false}}, {"name": "a", "exactly": {"deviceClassName": "c", "allocationMode": "All", "count": 2}, "firstAvailable": [{"name": "x", "deviceClassName": "c"}]}], "constraints": [{"requests": ["b", "a/x", "a/b/c"]}, {"matchAttribute": "model"}], "config": [{}, {"opaque": {"driver": "d_", "parameters": 1}}]}}}""",
        "spec.devices.requests[0].name Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        "spec.devices.requests[0] Required value: exactly one of `exactly` or `firstAvailable` is required",
        "spec.devices.requests[1].exactly.deviceClassName Required value",
        "spec.devices.requests[1].exactly.count Invalid value: -1: must be greater than zero",
        "spec.devices.requests[2].exactly.count Invalid value: 2: must not be specified when allocationMode is 'All'",
        "spec.devices.requests[2] Invalid value: \"null\": exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set",
        "spec.devices.requests[2].name Duplicate value: \"a\"",
        "spec.devices.constraints[0].requests[0] Invalid value: \"b\": must be the name of a request in the claim or the name of a request and a subrequest separated by '/'",
        "spec.devices.constraints[0].requests[2] Invalid value: \"a/b/c\": must be the name of a request in the claim or the name of a request and a subrequest separated by '/'",
        "spec.devices.constraints[0].matchAttribute Required value",
        "spec.devices.constraints[1].matchAttribute Invalid value: \"model\": must include a domain",
        "spec.devices.config[0].opaque Required value",
        "spec.devices.config[1].opaque.driver Invalid value: \"d_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        "spec.devices.config[1].opaque.parameters Invalid value: \"<value omitted>\": parameters must be a valid JSON object")]
    [InlineData(
        "v1beta1/namespaces/default/resourceclaims",
        """{"spec": {"devices": {"requests": [{"name": "a", "selectors": [{"cel": {"expression": "true"}}]}]}}}""",
        "spec.devices.requests[0].exactly.deviceClassName Required value",
        "spec.devices.requests[0].exactly.allocationMode Unsupported value: \"\": supported values: \"All\", \"ExactCount\"")]
    [InlineData(
        "v1beta2/deviceclasses",
        """{"spec": {"selectors": [{}, {"cel": {"expression": "device.driver"}}, {"cel": {"expression": "device.other"}}, {"cel": {"expression": "device.attributes[\"a.b\"].x.exists(i, device.attributes[\"a.b\"].x.exists(j, device.attributes[\"a.b\"].x.exists(k, device.attributes[\"a.b\"].x.exists(l, true))))"}}]}}""",
        "spec.selectors[0].cel Required value",
        "spec.selectors[1].cel.expression Invalid value: \"device.driver\": must evaluate to bool or the unknown type, not string",
        "spec.selectors[2].cel.expression Invalid value: \"device.other\": compilation failed: ERROR: <input>:1:7: undefined field 'other'\n | device.other\n | ......^",
        "spec.selectors[3].cel.expression Forbidden: too complex, exceeds cost limit")]
    [InlineData(
        "v1beta2/resourceslices",
        """{"spec": {"driver": "d.example.com", "pool": {"name": "", "generation": -1}, "nodeName": "", "allNodes": false, "devices": [{"name": "g", "attributes": {"a-b": {}, "x/y/z": {"int": 1}, "/n": {"version": "1"}}, "consumesCounters": [{"counterSet": "c", "counters": {"m": {"value": "1"}}}, {"counterSet": "d"}], "nodeName": "n"}], "sharedCounters": [{"name": "c", "counters": {"n": {"value": "1"}}}]}}""",
        "spec.pool.name Required value",
        "spec.pool.resourceSliceCount Invalid value: 0: must be greater than zero",
        "spec.pool.generation Invalid value: -1: must be greater than or equal to zero",
        "spec.nodeName Invalid value: \"\": must be either unset or set to a non-empty string",
        "spec.allNodes Invalid value: false: must be either unset or set to true",
        "spec Required value: exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required",
        "spec.devices[0].attributes[/n] Required value: the domain must not be empty",
        "spec.devices[0].attributes[/n].version Invalid value: \"1\": must be a string compatible with semver.org spec 2.0.0",
        "spec.devices[0].attributes[a-b] Invalid value: \"a-b\": a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')",
        "spec.devices[0].attributes[a-b] Required value: exactly one value must be specified",
        "spec.devices[0].consumesCounters[1].counters Required value",
        "spec.devices[0].consumesCounters[0].counters Invalid value: \"m\": must reference a counter defined in the ResourceSlice sharedCounters",
        "spec.devices[0].consumesCounters[1].counterSet Invalid value: \"d\": must reference a counterSet defined in the ResourceSlice sharedCounters",
        "spec.devices[0] Invalid value: \"null\": `nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec")]
    [InlineData(
        "v1beta2/resourceslices",
        """{"spec": {"driver": "d.example.com", "pool": {"name": "n", "resourceSliceCount": 1}, "allNodes": true, "perDeviceNodeSelection": true, "devices": [{"name": "a", "nodeName": ""}, {"name": "b", "nodeName": "n", "allNodes": true}, {"name": "c", "allNodes": false, "nodeSelector": {"nodeSelectorTerms": [{}]}}]}}""",
        "spec Invalid value: \"{`allNodes`, `perDeviceNodeSelection`}\": exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required, but multiple fields are set",
        "spec.devices[0].nodeName Invalid value: \"\": must not be empty",
        "spec.devices[0] Required value: exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec",
        "spec.devices[1] Invalid value: \"{`nodeName`, `allNodes`}\": exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec",
        "spec.devices[2].allNodes Invalid value: false: must be either unset or set to true")]
    [InlineData(
        "v1alpha3/devicetaintrules",
        """{"spec": {"deviceSelector": {"driver": "", "device": "A"}, "taint": {"key": "", "effect": "Never"}}}""",
        "spec.deviceSelector.driver Required value",
        "spec.deviceSelector.driver Invalid value: \"\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        "spec.deviceSelector.device Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        "spec.taint.key Invalid value: \"\": name part must be non-empty",
        "spec.taint.key Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "spec.taint.effect Unsupported value: \"Never\": supported values: \"NoExecute\", \"NoSchedule\"")]
    public async Task What_is_wrong_is_told_in_full(string path, string body, params string[] problems)
    {
        var named = JsonNode.Parse(body)!;
        named["metadata"] = new JsonObject { ["name"] = "a" };

        Assert.Equal(problems, Problems(await PostAsync($"{Group}/{path}", named.ToJsonString())));
    }

    [Theory]
    [InlineData("device.driver == 'a' && device.attributes['a'].x > 3 && device.capacity['a'].mem.isGreaterThan(quantity('1Gi'))")]
    [InlineData("cel.bind(a, device.attributes['a'], a.x && a.y)")]
    [InlineData("device.attributes['a'].version.isGreaterThan(semver('1.2.3'))")]
    [InlineData("device.attributes['a'].x")]
    public async Task Selectors_can_use_what_devices_have(string expression) =>
        Assert.Equal("DeviceClass", (await PostAsync(Group + "/v1beta2/deviceclasses", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "c" },
            ["spec"] = new JsonObject { ["selectors"] = new JsonArray(new JsonObject { ["cel"] = new JsonObject { ["expression"] = expression } }) },
        }.ToJsonString())).Text("kind"));

    [Fact]
    public async Task What_a_claim_asks_for_cannot_change()
    {
        await PostAsync(Claims, """{"metadata": {"name": "c"}, "spec": {"devices": {"requests": [{"name": "a", "exactly": {"deviceClassName": "gpu"}}]}}}""");

        var refused = await PatchAsync(Claims + "/c", """{"spec": {"devices": {"requests": [{"name": "b", "exactly": {"deviceClassName": "gpu"}}]}}}""");

        Assert.Equal("spec", refused["details"]!["causes"]![0]!.Text("field"));
        Assert.EndsWith("field is immutable", refused["details"]!["causes"]![0]!.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_is_allocated_and_reserved_through_its_status()
    {
        const string Results = """[{"request": "a", "driver": "d.example.com", "pool": "p", "device": "g"}]""";
        await PostAsync(Claims, """{"metadata": {"name": "c"}, "spec": {"devices": {"requests": [{"name": "a", "exactly": {"deviceClassName": "gpu"}}]}}, "status": {"reservedFor": [{"resource": "pods", "name": "p", "uid": "u"}]}}""");

        var early = await PatchAsync(Claims + "/c/status", """{"status": {"reservedFor": [{"resource": "pods", "name": "p", "uid": "u"}], "devices": [{"driver": "d.example.com", "pool": "p", "device": "g"}]}}""");
        var allocated = await PatchAsync(Claims + "/c/status", $$$"""
            {"status": {"allocation": {"devices": {"results": {{{Results}}} }}, "reservedFor": [{"resource": "pods", "name": "p", "uid": "u"}],
              "devices": [{"driver": "d.example.com", "pool": "p", "device": "g", "networkData": {"ips": ["10.0.0.1/24"]}}]}}
            """);
        var table = await TableAsync(Claims);
        var changed = await PatchAsync(Claims + "/c/status", """{"status": {"allocation": {"devices": {"results": []}}}}""");
        var wrong = await PatchAsync(Claims + "/c/status", """{"status": {"devices": [{"driver": "d.example.com", "pool": "p", "device": "g", "data": 1, "networkData": {"ips": ["10.0.0.01/24", "x"]}}]}}""");

        Assert.Equal(
            [
                "status.devices[0] Invalid value: d.example.com/p/g: must be an allocated device in the claim",
                "status.reservedFor Forbidden: may not be specified when `allocated` is not set",
            ],
            Problems(early));
        Assert.Equal("g", allocated["status"]!["allocation"]!["devices"]!["results"]![0]!.Text("device"));
        Assert.Equal("allocated,reserved", table);
        Assert.Contains("field is immutable", changed.Text("message"), StringComparison.Ordinal);
        Assert.Equal(
            [
                "status.devices[0].data Invalid value: \"<value omitted>\": parameters must be a valid JSON object",
                "status.devices[0].networkData.ips[0] Invalid value: \"10.0.0.01/24\": must be in canonical form (\"10.0.0.1/24\")",
                "status.devices[0].networkData.ips[1] Invalid value: \"x\": must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)",
            ],
            Problems(wrong));

        // What drivers said of a device goes with it.
        var freed = await PatchAsync(Claims + "/c/status", """{"status": {"allocation": null, "reservedFor": null}}""");
        AssertJson("{}", freed["status"]!);
    }

    [Fact]
    public async Task Devices_in_use_are_shown_only_to_namespaces_that_are_labelled_for_it()
    {
        const string Claim = """{"metadata": {"name": "c"}, "spec": {"devices": {"requests": [{"name": "a", "exactly": {"deviceClassName": "gpu", "adminAccess": true}}]}}}""";

        var refused = await PostAsync(Claims, Claim);
        await PatchAsync("/api/v1/namespaces/default", """{"metadata": {"labels": {"resource.k8s.io/admin-access": "true"}}}""");
        var created = await PostAsync(Claims, Claim);

        Assert.Equal(
            ["spec.devices.requests[0].adminAccess Forbidden: admin access to devices requires the `resource.k8s.io/admin-access: true` label on the containing namespace"],
            Problems(refused));
        Assert.True((bool)created["spec"]!["devices"]!["requests"]![0]!["exactly"]!["adminAccess"]!);
    }

    [Fact]
    public async Task Fields_of_features_that_are_off_are_dropped()
    {
        var (server, client) = await StartAsync("DynamicResourceAllocation=true");
        await using var _ = server;
        using var __ = client;

        var claim = await SendAsync(client, HttpMethod.Post, Claims, """
            {"metadata": {"name": "c"}, "spec": {"devices": {"requests": [
              {"name": "a", "exactly": {"deviceClassName": "gpu", "adminAccess": true}, "firstAvailable": [{"name": "x", "deviceClassName": "gpu"}]}]}}}
            """);
        var slice = await SendAsync(client, HttpMethod.Post, Group + "/v1beta2/resourceslices", """
            {"metadata": {"name": "s"}, "spec": {"driver": "d.example.com", "pool": {"name": "n1", "resourceSliceCount": 1}, "nodeName": "n1", "perDeviceNodeSelection": true, "sharedCounters": [{}],
              "devices": [{"name": "g", "nodeName": "n", "taints": [{"key": "k", "effect": "NoSchedule"}]}]}}
            """);

        AssertJson("""[{"name": "a", "exactly": {"deviceClassName": "gpu", "allocationMode": "ExactCount", "count": 1}}]""", claim["spec"]!["devices"]!["requests"]!);
        AssertJson("""{"driver": "d.example.com", "pool": {"name": "n1", "generation": 0, "resourceSliceCount": 1}, "nodeName": "n1", "devices": [{"name": "g"}]}""", slice["spec"]!);
    }

    [Fact]
    public async Task Without_the_feature_there_are_no_such_kinds_whatever_is_configured()
    {
        var (server, client) = await StartAsync("");
        await using var _ = server;
        using var response = await client.GetAsync(Group + "/v1beta2");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        client.Dispose();
    }

    [Fact]
    public async Task A_quota_counts_claims_and_the_devices_they_may_get()
    {
        await PostAsync("/api/v1/namespaces/default/resourcequotas", """{"metadata": {"name": "q"}, "spec": {"hard": {"gpu.deviceclass.resource.k8s.io/devices": "3"}}}""");
        await PatchAsync("/api/v1/namespaces/default/resourcequotas/q/status", """{"status": {"hard": {"gpu.deviceclass.resource.k8s.io/devices": "3"}, "used": {"gpu.deviceclass.resource.k8s.io/devices": "0"}}}""");

        await PostAsync(Group + "/v1beta1/namespaces/default/resourceclaims", """{"metadata": {"name": "a"}, "spec": {"devices": {"requests": [{"name": "a", "deviceClassName": "gpu", "count": 2}]}}}""");
        var refused = await PostAsync(Claims, """
            {"metadata": {"name": "b"}, "spec": {"devices": {"requests": [{"name": "a", "firstAvailable": [{"name": "x", "deviceClassName": "gpu"}, {"name": "y", "deviceClassName": "gpu", "count": 2}]}]}}}
            """);

        Assert.Equal(
            "resourceclaims.resource.k8s.io \"b\" is forbidden: exceeded quota: q, requested: gpu.deviceclass.resource.k8s.io/devices=2, used: gpu.deviceclass.resource.k8s.io/devices=2, limited: gpu.deviceclass.resource.k8s.io/devices=3",
            refused.Text("message"));
    }

    [Fact]
    public async Task A_node_offers_its_own_devices_only()
    {
        static Api.DynamicResources.ResourceSlice Slice(string name, string node) => new()
        {
            Metadata = new() { Name = name },
            Spec = new() { Driver = "d.example.com", Pool = new() { Name = node, ResourceSliceCount = 1 }, NodeName = node },
        };
        var (server, client) = await StartAsync("DynamicResourceAllocation=true");
        await using var _ = server;
        using var __ = client;
        var agent = server.Server.As(Components.Node("n1"), "kubelet");

        await agent.CreateAsync(Slice("mine", "n1"), CancellationToken.None);
        var refused = await Assert.ThrowsAsync<ApiException>(() => agent.CreateAsync(Slice("theirs", "n2"), CancellationToken.None));

        Assert.Equal("resourceslices.resource.k8s.io \"theirs\" is forbidden: can only create ResourceSlice with the same NodeName as the requesting node", refused.Message);
    }

    [Fact]
    public async Task The_parts_of_a_version_have_its_name_in_OpenAPI()
    {
        var schemas = (await GetAsync("/openapi/v3/apis/resource.k8s.io/v1beta1"))["components"]!["schemas"]!.AsObject().Select(static schema => schema.Key).ToArray();

        Assert.Contains("io.k8s.api.resource.v1beta1.DeviceConstraint", schemas);
        Assert.Contains("io.k8s.api.resource.v1beta1.BasicDevice", schemas);
        Assert.DoesNotContain(schemas, static name => name.StartsWith("io.k8s.api.resource.v1beta2.", StringComparison.Ordinal));
    }

    private static async Task<(TestServer Server, HttpClient Client)> StartAsync(string features)
    {
        var server = await TestServer.StartAsync(serverOptions: new ApiServerOptions
        {
            Features = FeatureGates.Parse(features),
            RuntimeConfiguration = RuntimeConfiguration.Parse("api/all=true"),
        });
        return (server, TestServer.Client(await server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin()));
    }

    private static string[] Problems(JsonNode answer) =>
        [.. (answer["details"]?["causes"]?.AsArray() ?? [answer.DeepClone()]).Select(static cause => $"{cause!["field"]} {cause["message"]}")];

    private static void AssertJson(string expected, JsonNode actual)
    {
        var want = JsonNode.Parse(expected)!;
        Assert.True(JsonNode.DeepEquals(want, actual), $"want {want.ToJsonString()}\ngot  {actual.ToJsonString()}");
    }

    private Task<JsonNode> GetAsync(string path) => SendAsync(Client, HttpMethod.Get, path);

    private Task<JsonNode> PostAsync(string path, string body) => SendAsync(Client, HttpMethod.Post, path, body);

    private Task<JsonNode> PatchAsync(string path, string body) => SendAsync(Client, HttpMethod.Patch, path, body, "application/merge-patch+json");

    private async Task<string> TableAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        using var response = await Client.SendAsync(request);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["rows"]![0]!["cells"]![1]!;
    }

    private static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, contentType) };
        using var response = await client.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
