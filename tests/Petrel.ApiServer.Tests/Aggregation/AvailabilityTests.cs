using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Meta;
using Petrel.Api.Registration;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Aggregation;

/// <summary>The condition Available of APIServices.</summary>
public sealed class AvailabilityTests
{
    [Fact]
    public async Task It_follows_the_service_and_what_stands_behind_it()
    {
        await using var state = await AggregationCase.StartAsync();
        var api = state.Server.Admin;
        var registration = state.Registration();
        await api.CreateAsync(registration with { Spec = registration.Spec with { Service = registration.Spec.Service! with { Port = 443 } } }, default);
        await ExpectAsync(state, "ServiceNotFound", "service/ext in \"default\" is not present");

        var service = await api.CreateAsync(
            new Service { Metadata = new ObjectMeta { Namespace = "default", Name = "ext" }, Spec = new ServiceSpec { Ports = [new ServicePort { Name = "https", Port = 8443 }] } }, default);
        await ExpectAsync(state, "ServicePortError", "service/ext in \"default\" is not listening on port 443");

        service = await api.UpdateAsync(service with { Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { Port = 443 }] } }, default);
        await ExpectAsync(state, "EndpointsNotFound", "cannot find endpointslices for service/ext in \"default\"");

        await api.CreateAsync(
            new EndpointSlice
            {
                Metadata = new ObjectMeta { Namespace = "default", Name = "ext-1", Labels = ApiMap.FromPairs(("kubernetes.io/service-name", "ext")) },
                AddressType = "IPv4",
                Endpoints = [new Endpoint { Addresses = ["192.0.2.1"], Conditions = new EndpointConditions { Ready = false } }],
                Ports = [new Petrel.Api.Discovery.EndpointPort { Name = "https", Port = 443 }],
            },
            default);
        await ExpectAsync(state, "MissingEndpoints", "endpointslices for service/ext in \"default\" have no addresses with port name \"https\"");
    }

    [Fact]
    public async Task A_server_that_answers_passes_and_one_that_refuses_does_not()
    {
        await using var state = await AggregationCase.StartAsync();
        state.Extension.DiscoveryCode = 403;
        await state.RegisterAsync();
        var url = $"https://localhost:{state.Extension.Port}{ExtensionServer.Root}";
        await ExpectAsync(state, "FailedDiscoveryCheck", $"failing or missing response from {url}: bad status from {url}: 403");
        state.Extension.DiscoveryCode = 200;
        Assert.Equal(("True", "all checks passed"), await state.AvailabilityAsync("Passed") is var passed ? (passed.Status, passed.Message) : default);
    }

    [Fact]
    public async Task A_server_is_believed_only_by_its_authority_and_its_services_name()
    {
        await using var misnamed = await AggregationCase.StartAsync("other.default.svc");
        await misnamed.RegisterAsync();
        Assert.Contains("tls: failed to verify certificate", (await misnamed.AvailabilityAsync("FailedDiscoveryCheck")).Message, StringComparison.Ordinal);

        await using var untrusted = await AggregationCase.StartAsync();
        await untrusted.RegisterAsync(trusted: false);
        Assert.Contains("tls: failed to verify certificate", (await untrusted.AvailabilityAsync("FailedDiscoveryCheck")).Message, StringComparison.Ordinal);
        var stored = await untrusted.Server.Admin.GetAsync<APIService>(null, AggregationCase.Name, default);
        await untrusted.Server.Admin.SendAsync("PATCH", $"/apis/apiregistration.k8s.io/v1/apiservices/{stored.Metadata.Name}", """{"spec":{"insecureSkipTLSVerify":true}}""", "application/merge-patch+json");
        await untrusted.AvailabilityAsync("Passed");
    }

    [Fact]
    public async Task It_is_shown_as_metrics_and_as_a_column()
    {
        await using var state = await AggregationCase.StartAsync();
        await state.Server.Admin.CreateAsync(state.Registration(), default);
        await state.AvailabilityAsync("ServiceNotFound");
        await state.UntilAsync("/metrics", "*/*", static text => text.Contains("aggregator_unavailable_apiservice{name=\"v1.ext.example.com\"} 1", StringComparison.Ordinal));
        await state.UntilAsync(
            "/apis/apiregistration.k8s.io/v1/apiservices",
            "application/json;as=Table;v=v1;g=meta.k8s.io",
            static text => text.Contains("\"default/ext\",\"False (ServiceNotFound)\"", StringComparison.Ordinal));
    }

    private static async Task ExpectAsync(AggregationCase state, string reason, string message)
    {
        var condition = await state.AvailabilityAsync(reason);
        Assert.Equal(("False", message), (condition.Status, condition.Message));
    }
}
