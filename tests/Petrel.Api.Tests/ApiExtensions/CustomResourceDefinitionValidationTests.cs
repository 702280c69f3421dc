using Petrel.Api.ApiExtensions;

namespace Petrel.Api.Tests.ApiExtensions;

/// <summary>Rules for definitions outside of their schemas, in the words of a real server.</summary>
public class CustomResourceDefinitionValidationTests
{
    private const string Label = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string Version = "{\"name\":\"v1\",\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\"}}}";

    private static string Spec(
        string group = "example.com", string scope = "Namespaced", string names = "\"plural\":\"widgets\",\"kind\":\"Widget\"", string versions = Version, string rest = "") =>
        "{\"group\":\"" + group + "\",\"scope\":\"" + scope + "\",\"names\":{" + names + "},\"versions\":[" + versions + "]" + rest + "}";

    [Fact]
    public void A_good_definition_has_no_problems_and_notes_its_storage_version()
    {
        var definition = Definitions.Of(Spec());

        Assert.Empty(Definitions.Problems(definition));
        Assert.Equal(["v1"], definition.Status.StoredVersions);
    }

    [Theory]
    [InlineData("", "metadata.name: Invalid value: \"widgets.example.com\": must be spec.names.plural+\".\"+spec.group\nspec.group: Required value")]
    [InlineData("nodots", "metadata.name: Invalid value: \"widgets.example.com\": must be spec.names.plural+\".\"+spec.group\nspec.group: Invalid value: \"nodots\": should be a domain with at least one dot")]
    public void Groups_are_domains(string group, string expected) => Assert.Equal(expected, Definitions.Problems(Definitions.Of(Spec(group: group))));

    [Theory]
    [InlineData("", "spec.scope: Required value")]
    [InlineData("Galaxy", "spec.scope: Unsupported value: \"Galaxy\": supported values: \"Cluster\", \"Namespaced\"")]
    public void Scopes_are_two(string scope, string expected) => Assert.Equal(expected, Definitions.Problems(Definitions.Of(Spec(scope: scope))));

    [Theory]
    [InlineData("\"plural\":\"widgets\",\"kind\":\"bad kind\"", "spec.names.kind: Invalid value: \"bad kind\": may have mixed case, but should otherwise match: @", "spec.names.listKind: Invalid value: \"bad kindList\": may have mixed case, but should otherwise match: @")]
    [InlineData("\"plural\":\"widgets\",\"kind\":\"Widget\",\"listKind\":\"Widget\"", "spec.names.listKind: Invalid value: \"Widget\": kind and listKind may not be the same")]
    [InlineData("\"plural\":\"widgets\",\"kind\":\"Widget\",\"shortNames\":[\"A\"],\"categories\":[\"B\"]", "spec.names.shortNames[0]: Invalid value: \"A\": @", "spec.names.categories[0]: Invalid value: \"B\": @")]
    public void Names_are_labels(string names, params string[] expected) =>
        Assert.Equal(expected.Select(line => line.Replace("@", Label, StringComparison.Ordinal)), Definitions.Problems(Definitions.Of(Spec(names: names))).Split('\n').Where(line => !line.StartsWith("spec.names.singular", StringComparison.Ordinal)));

    [Fact]
    public void Exactly_one_version_is_stored()
    {
        const string Two = Version + ",{\"name\":\"v2\",\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\"}}}";

        var problems = Definitions.Problems(Definitions.Of(Spec(versions: Two))).Split('\n');

        Assert.EndsWith("}}: must have exactly one version marked as storage version", problems[0]);
        Assert.Contains("Name:\"v2\", Served:true, Storage:true, Deprecated:false, DeprecationWarning:(*string)(nil), Schema:(*apiextensions.CustomResourceValidation)(nil)", problems[0]);
        Assert.Equal("status.storedVersions: Invalid value: []string{\"v1\"}: must have the storage version v2", problems[1]);
    }

    [Fact]
    public void Every_version_has_a_schema() =>
        Assert.Equal("spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required", Definitions.Problems(Definitions.Of(Spec(versions: "{\"name\":\"v1\",\"served\":true,\"storage\":true}"))));

    [Theory]
    [InlineData("\"deprecationWarning\":\"w\"", "spec.versions[0].deprecationWarning: Invalid value: \"w\": can only be set for deprecated versions")]
    [InlineData("\"deprecated\":true,\"deprecationWarning\":\"\"", "spec.versions[0].deprecationWarning: Invalid value: \"\": must not be an empty string")]
    [InlineData("\"deprecated\":true,\"deprecationWarning\":\"a\\tb\"", "spec.versions[0].deprecationWarning: Invalid value: \"a\\tb\": must only contain printable UTF-8 characters; non-printable character found at index 1")]
    [InlineData("\"additionalPrinterColumns\":[{\"name\":\"A\",\"type\":\"frob\",\"jsonPath\":\"{.a}\"}]", "spec.additionalPrinterColumns[0].type: Invalid value: \"frob\": must be one of boolean,date,integer,number,string\nspec.additionalPrinterColumns[0].JSONPath: Invalid value: \"{.a}\": must be a simple json path starting with .")]
    [InlineData("\"subresources\":{\"scale\":{\"specReplicasPath\":\".a\",\"statusReplicasPath\":\".status.r\",\"labelSelectorPath\":\".x\"}}", "spec.subresources.scale.specReplicasPath: Invalid value: \".a\": should be a json path under .spec\nspec.subresources.scale.labelSelectorPath: Invalid value: \".x\": should be a json path under either .spec or .status")]
    [InlineData("\"selectableFields\":[{\"jsonPath\":\".spec.a\"}]", "spec.selectableFields[0].jsonPath: Invalid value: \".spec.a\": is an invalid path: does not refer to a valid field")]
    [InlineData("\"selectableFields\":[{\"jsonPath\":\"spec\"}]", "spec.selectableFields[0].jsonPath: Invalid value: \"spec\": is an invalid path: expected [ or . but got: spec")]
    public void Parts_of_versions_have_rules(string part, string expected) =>
        Assert.Equal(expected, Definitions.Problems(Definitions.Of(Spec(versions: Version[..^1] + "," + part + "}"))));

    [Theory]
    [InlineData("{\"strategy\":\"Frob\"}", "spec.conversion.strategy: Unsupported value: \"Frob\": supported values: \"None\", \"Webhook\"")]
    [InlineData("{\"strategy\":\"Webhook\"}", "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook\nspec.conversion.conversionReviewVersions: Required value")]
    [InlineData("{\"strategy\":\"None\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],\"clientConfig\":{\"url\":\"https://a.io\"}}}", "spec.conversion.webhookClientConfig: Forbidden: should not be set when strategy is not set to Webhook\nspec.conversion.conversionReviewVersions: Forbidden: should not be set when strategy is not set to Webhook")]
    [InlineData("{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v7\"],\"clientConfig\":{\"url\":\"http://a.io\"}}}", "spec.conversion.webhookClientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format: https://host[/path]\nspec.conversion.conversionReviewVersions: Invalid value: []string{\"v7\"}: must include at least one of v1, v1beta1")]
    [InlineData("{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],\"clientConfig\":{\"service\":{\"name\":\"s\"}}}}", "spec.conversion.webhookClientConfig.service.name: Required value: service name is required")]
    [InlineData("{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],\"clientConfig\":{\"url\":\"https://a.io\",\"caBundle\":\"YQ==\"}}}", "spec.conversion.webhookClientConfig.caBundle: Invalid value: []byte{0x61}: unable to load root certificates: unable to parse bytes as PEM block")]
    public void Conversion_needs_a_webhook_or_none(string conversion, string expected) =>
        Assert.Equal(expected, Definitions.Problems(Definitions.Of(Spec(rest: ",\"conversion\":" + conversion))));

    [Fact]
    public void Unknown_fields_are_preserved_by_schemas_only() =>
        Assert.Equal(
            "spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead",
            Definitions.Problems(Definitions.Of(Spec(rest: ",\"preserveUnknownFields\":true"))));

    [Theory]
    [InlineData(null, "Required value: protected groups must have approval annotation \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111")]
    [InlineData("bogus", "Invalid value: \"bogus\": protected groups must have approval annotation \"api-approved.kubernetes.io\" with either a URL or a reason starting with \"unapproved\", see https://github.com/kubernetes/enhancements/pull/1111")]
    [InlineData("unapproved, a trial", "")]
    [InlineData("https://github.com/kubernetes/kubernetes/pull/1", "")]
    public void Groups_of_the_project_need_approval(string? annotation, string expected)
    {
        var definition = Definitions.Of(Spec(group: "x.k8s.io"), "widgets.x.k8s.io");
        var annotations = annotation is null ? default : ApiMap.FromPairs([KeyValuePair.Create(ApiApproval.Annotation, annotation)]);

        var problems = Definitions.Problems(definition with { Metadata = definition.Metadata with { Annotations = annotations } });

        Assert.Equal(expected.Length == 0 ? "" : "metadata.annotations[api-approved.kubernetes.io]: " + expected, problems);
    }

    [Fact]
    public void Names_scope_and_group_of_a_served_kind_stay()
    {
        var old = Definitions.Of(Spec());
        var served = old with { Status = old.Status with { Conditions = [new() { Type = CustomResourceDefinitionCondition.Established, Status = "True" }] } };
        var changed = old with { Spec = old.Spec with { Scope = "Cluster", Group = "other.com", Names = old.Spec.Names with { Kind = "Gadget", Plural = "gadgets" } } };

        Assert.Equal(
            "spec.scope: Invalid value: \"Cluster\": field is immutable\nspec.names.kind: Invalid value: \"Gadget\": field is immutable\n"
            + "spec.group: Invalid value: \"other.com\": field is immutable\nspec.names.plural: Invalid value: \"gadgets\": field is immutable",
            Definitions.Problems(changed, served));
        Assert.Equal(
            "spec.group: Invalid value: \"other.com\": field is immutable\nspec.names.plural: Invalid value: \"gadgets\": field is immutable", Definitions.Problems(changed, old));
    }

    [Fact]
    public void A_version_that_was_stored_stays_until_it_is_migrated()
    {
        var old = Definitions.Of(Spec());
        var changed = old with { Spec = old.Spec with { Versions = [old.Spec.Versions[0] with { Name = "v2" }] } };

        Assert.Equal(
            "status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions; v1 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v1 and removes v1 from status.storedVersions",
            Definitions.Problems(changed, old));
    }

    [Fact]
    public void A_schema_that_had_no_status_is_looked_at_again_when_it_gets_one()
    {
        var old = Definitions.WithSchema("""{"type":"object","maxProperties":5}""");
        Assert.Empty(Definitions.Problems(old));
        var changed = old with { Spec = old.Spec with { Versions = [old.Spec.Versions[0] with { Subresources = new() { Status = new() } }] } };

        Assert.StartsWith("spec.validation.openAPIV3Schema: Invalid value: ", Definitions.Problems(changed, old), StringComparison.Ordinal);
        Assert.EndsWith("fields are allowed at the root of the schema if the status subresource is enabled", Definitions.Problems(changed, old), StringComparison.Ordinal);
        Assert.Empty(Definitions.Problems(changed with { Metadata = changed.Metadata with { Labels = ApiMap.FromPairs(("a", "b")) } }, changed));
    }
}
