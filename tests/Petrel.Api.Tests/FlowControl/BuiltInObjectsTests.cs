using Petrel.Api.FlowControl;
using Petrel.Api.Resources;
using Petrel.Api.Validation;

namespace Petrel.Api.Tests.FlowControl;

/// <summary>The objects that every cluster starts with are such as a client could have made, and the mandatory ones stay as they are.</summary>
public class BuiltInObjectsTests
{
    private static readonly PriorityLevelConfiguration ExemptLevel = BuiltInPriorityLevels.Mandatory[0];
    private static readonly PriorityLevelConfiguration CatchAllLevel = BuiltInPriorityLevels.Mandatory[1];
    private static readonly FlowSchema CatchAllSchema = BuiltInFlowSchemas.Mandatory[1];

    public static TheoryData<ApiObject> All() =>
        [.. BuiltInPriorityLevels.Mandatory, .. BuiltInPriorityLevels.Suggested, .. BuiltInFlowSchemas.Mandatory, .. BuiltInFlowSchemas.Suggested];

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void A_built_in_object_is_valid_and_has_nothing_left_to_default(ApiObject value)
    {
        Assert.Empty(Problems(value));
        Assert.Equal(value, ((IHasDefaults)value).WithDefaults());
    }

    [Fact]
    public void Every_built_in_schema_leads_to_a_built_in_level()
    {
        var levels = BuiltInPriorityLevels.Mandatory.Concat(BuiltInPriorityLevels.Suggested).Select(static level => level.Metadata.Name).ToHashSet();

        Assert.All(BuiltInFlowSchemas.Mandatory.Concat(BuiltInFlowSchemas.Suggested), schema => Assert.Contains(schema.Spec.PriorityLevelConfiguration.Name, levels));
    }

    [Fact]
    public void The_spec_of_a_mandatory_schema_is_fixed()
    {
        var changed = CatchAllSchema with { Spec = CatchAllSchema.Spec with { MatchingPrecedence = 9000 } };

        var problem = Assert.Single(Problems(changed));
        Assert.Equal("spec", problem.Field);
        Assert.EndsWith("spec of 'catch-all' must equal the fixed value", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_spec_of_the_catch_all_level_is_fixed()
    {
        var changed = CatchAllLevel with { Spec = CatchAllLevel.Spec with { Limited = CatchAllLevel.Spec.Limited! with { NominalConcurrencyShares = 6 } } };

        Assert.EndsWith("spec of 'catch-all' must equal the fixed value", Assert.Single(Problems(changed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_exempt_level_may_reserve_more_or_less()
    {
        var changed = ExemptLevel with { Spec = ExemptLevel.Spec with { Exempt = new ExemptPriorityLevelConfiguration { NominalConcurrencyShares = 5, LendablePercent = 50 } } };

        Assert.Empty(Problems(changed));
    }

    [Fact]
    public void Only_the_exempt_schema_comes_first()
    {
        var schema = BuiltInFlowSchemas.Suggested[0];
        var changed = schema with { Spec = schema.Spec with { MatchingPrecedence = 1 } };

        Assert.EndsWith("only the schema named 'exempt' may have matchingPrecedence 1", Assert.Single(Problems(changed)).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<FieldError> Problems(ApiObject value)
    {
        var errors = new FieldErrors();
        ((IValidated)value).Validate(errors);
        return errors.Errors;
    }
}
