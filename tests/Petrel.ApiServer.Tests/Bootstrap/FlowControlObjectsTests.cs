using Petrel.Api.FlowControl;
using Petrel.ApiServer.Bootstrap.FlowControl;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Bootstrap;

/// <summary>The built-in flow schemas and priority levels, made and looked after through the API.</summary>
public sealed class FlowControlObjectsTests : IAsyncLifetime
{
    private const string Annotation = FlowControlReconciliation.AutoUpdateAnnotation;

    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await RunAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task All_are_there_and_marked_as_the_servers_own()
    {
        var schemas = (await _server.Admin.ListAsync<FlowSchema>(null, new ListOptions(), default)).Items;
        var levels = (await _server.Admin.ListAsync<PriorityLevelConfiguration>(null, new ListOptions(), default)).Items;
        Assert.Equal(13, schemas.Count);
        Assert.Equal(8, levels.Count);
        Assert.All(schemas, static schema => Assert.Equal("true", schema.Metadata.Annotations[Annotation]));
        Assert.All(levels, static level => Assert.Equal("true", level.Metadata.Annotations[Annotation]));

        await RunAsync();
        Assert.Equal(schemas, (await _server.Admin.ListAsync<FlowSchema>(null, new ListOptions(), default)).Items);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("rubbish", false)]
    public async Task The_annotation_says_whose_a_suggested_schema_is(string annotation, bool isKept)
    {
        var schema = await SchemaAsync("service-accounts");
        await _server.Admin.UpdateAsync(schema with
        {
            Metadata = schema.Metadata with { Annotations = schema.Metadata.Annotations.With(Annotation, annotation) },
            Spec = schema.Spec with { MatchingPrecedence = 5000 },
        }, default);
        await RunAsync();

        var after = await SchemaAsync("service-accounts");
        Assert.Equal((isKept ? 9000 : 5000, isKept ? "true" : "false"), (after.Spec.MatchingPrecedence, after.Metadata.Annotations[Annotation]));
    }

    [Fact]
    public async Task Mandatory_objects_come_back_as_they_were()
    {
        await _server.Admin.DeleteAsync<FlowSchema>(null, "exempt", null, default);
        await _server.Admin.DeleteAsync<PriorityLevelConfiguration>(null, "catch-all", null, default);
        await RunAsync();

        Assert.Equal(BuiltInFlowSchemas.Mandatory[0].Spec, (await SchemaAsync("exempt")).Spec);
        Assert.Equal(BuiltInPriorityLevels.Mandatory[1].Spec, (await LevelAsync("catch-all")).Spec);
    }

    [Fact]
    public async Task What_the_exempt_level_reserves_is_its_administrators()
    {
        var level = await LevelAsync("exempt");
        var wanted = new ExemptPriorityLevelConfiguration { NominalConcurrencyShares = 10, LendablePercent = 50 };
        await _server.Admin.UpdateAsync(level with { Spec = level.Spec with { Exempt = wanted } }, default);
        await RunAsync();

        Assert.Equal(wanted, (await LevelAsync("exempt")).Spec.Exempt);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData(null, false)]
    public async Task What_an_earlier_version_made_and_nobody_claimed_goes(string? annotation, bool isRemoved)
    {
        var suggested = BuiltInFlowSchemas.Suggested[0];
        var metadata = new Api.Meta.ObjectMeta { Name = "old" };
        await _server.Admin.CreateAsync(suggested with { Metadata = annotation is null ? metadata : metadata with { Annotations = Api.ApiMap.FromPairs((Annotation, annotation)) } }, default);
        await RunAsync();

        Assert.Equal(isRemoved, await _server.Admin.FindAsync<FlowSchema>(null, "old", default) is null);
    }

    private Task RunAsync() => new FlowControlObjects().RunAsync(_server.Admin, default);

    private Task<FlowSchema> SchemaAsync(string name) => _server.Admin.GetAsync<FlowSchema>(null, name, default);

    private Task<PriorityLevelConfiguration> LevelAsync(string name) => _server.Admin.GetAsync<PriorityLevelConfiguration>(null, name, default);
}
