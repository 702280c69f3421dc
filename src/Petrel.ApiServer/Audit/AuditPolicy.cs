using Petrel.Api.Json;
using Petrel.Api.Validation;
using Petrel.Api.Yaml;
using Petrel.ApiServer.Authorization;

namespace Petrel.ApiServer.Audit;

/// <summary>Which requests are recorded, and how much of them: the first rule that fits says it (kind Policy of audit.k8s.io/v1).</summary>
internal sealed class AuditPolicy
{
    private readonly IReadOnlyList<AuditRule> _rules;
    private readonly AuditDecision _otherwise;

    private AuditPolicy(IReadOnlyList<AuditRule> rules, AuditDecision otherwise) => (_rules, _otherwise) = (rules, otherwise);

    /// <exception cref="FormatException">The file cannot be read or holds no valid policy; in upstream's words.</exception>
    public static AuditPolicy Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"loading audit policy file: failed to read file path {GoSyntax.Quote(path)}: {failed.Message}", failed);
        }

        try
        {
            return Parse(bytes);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"loading audit policy file: {wrong.Message}: from file {path}", wrong);
        }
    }

    /// <exception cref="FormatException">It is no valid policy.</exception>
    public static AuditPolicy Parse(ReadOnlySpan<byte> yaml)
    {
        if (!YamlToJson.TryConvert(yaml, out var json, out var error, out var strictError) || strictError is not null || !JsonTree.TryParse(json, out var tree, out error))
        {
            throw new FormatException($"failed decoding: {error ?? strictError}");
        }

        var root = tree as JsonMap ?? JsonMap.Empty;
        var (version, kind) = (root.FindText("apiVersion") ?? "", root.FindText("kind") ?? "");
        if (kind.Length == 0 || version.Length == 0)
        {
            throw new FormatException($"failed decoding: {(kind.Length == 0 ? "Object 'Kind' is missing" : "Object 'apiVersion' is missing")} in '{tree}'");
        }

        if (version != "audit.k8s.io/v1" || kind != "Policy")
        {
            throw new FormatException($"failed decoding: no kind \"{kind}\" is registered for version \"{version}\" in scheme \"k8s.io/apiserver/pkg/audit/scheme.go\"");
        }

        return Read(root);
    }

    /// <summary>What is to be recorded of a request.</summary>
    public AuditDecision Decide(AuthorizationAttributes attributes)
    {
        foreach (var rule in _rules)
        {
            if (rule.Matches(attributes))
            {
                return rule.Decision;
            }
        }

        return _otherwise;
    }

    private static AuditPolicy Read(JsonMap root)
    {
        var fields = new PolicyFields(root, FieldPath.Root);
        var omitted = fields.Texts("omitStages");
        var omitsManagedFields = fields.Flag("omitManagedFields") ?? false;
        var errors = new FieldErrors();
        AuditRule.CheckStages(errors, FieldPath.Root.Child("omitStages"), omitted);
        var rules = fields.Maps("rules").Select(rule => AuditRule.Read(rule, errors, omitted, omitsManagedFields)).ToList();
        fields.RefuseOthers("apiVersion", "kind", "metadata");
        if (errors.Count > 0)
        {
            var texts = errors.Errors.Select(static each => each.ToString()).Distinct().ToList();
            throw new FormatException(texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]");
        }

        return rules.Count == 0
            ? throw new FormatException("loaded illegal policy with 0 rules")
            : new AuditPolicy(rules, new AuditDecision(AuditLevel.None, AuditRule.StagesOf(omitted), omitsManagedFields));
    }
}

/// <summary>How much is recorded of a request.</summary>
/// <param name="OmitStages">At which moments nothing is.</param>
/// <param name="OmitManagedFields">Recorded objects go without their managed fields.</param>
internal sealed record AuditDecision(AuditLevel Level, IReadOnlySet<AuditStage> OmitStages, bool OmitManagedFields);
