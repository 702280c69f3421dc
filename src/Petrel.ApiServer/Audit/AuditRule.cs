using System.Collections.Frozen;
using Petrel.Api.Validation;
using Petrel.ApiServer.Authorization;

namespace Petrel.ApiServer.Audit;

/// <summary>One rule of a policy: which requests it fits, and what is recorded of these. An empty list fits everything.</summary>
internal sealed record AuditRule(AuditDecision Decision)
{
    private static readonly string[] Levels = ["None", "Metadata", "Request", "RequestResponse"];
    private static readonly string[] Stages = ["RequestReceived", "ResponseStarted", "ResponseComplete", "Panic"];

    private IReadOnlyList<string> Users { get; init; } = [];

    private IReadOnlyList<string> UserGroups { get; init; } = [];

    private IReadOnlyList<string> Verbs { get; init; } = [];

    private IReadOnlyList<string> Namespaces { get; init; } = [];

    private IReadOnlyList<string> NonResourceUrls { get; init; } = [];

    private IReadOnlyList<GroupResources> Resources { get; init; } = [];

    /// <param name="omitted">Stages that the policy omits for all rules.</param>
    public static AuditRule Read(PolicyFields fields, FieldErrors errors, IReadOnlyList<string> omitted, bool omitsManagedFields)
    {
        var (level, stages) = (fields.Text("level"), fields.Texts("omitStages"));
        var rule = new AuditRule(new AuditDecision(Enum.TryParse<AuditLevel>(level, out var known) ? known : AuditLevel.None, StagesOf([.. omitted, .. stages]), fields.Flag("omitManagedFields") ?? omitsManagedFields))
        {
            Users = fields.Texts("users"),
            UserGroups = fields.Texts("userGroups"),
            Verbs = fields.Texts("verbs"),
            Namespaces = fields.Texts("namespaces"),
            NonResourceUrls = fields.Texts("nonResourceURLs"),
            Resources = [.. fields.Maps("resources").Select(GroupResources.Read)],
        };
        fields.RefuseOthers();
        rule.Validate(fields.Path, level, stages, errors);
        return rule;
    }

    public static IReadOnlySet<AuditStage> StagesOf(IReadOnlyList<string> names) => names.Where(Stages.Contains).Select(Enum.Parse<AuditStage>).ToFrozenSet();

    public static void CheckStages(FieldErrors errors, FieldPath path, IReadOnlyList<string> stages)
    {
        for (var i = 0; i < stages.Count; i++)
        {
            if (!Stages.Contains(stages[i]))
            {
                errors.Invalid(path.Index(i), stages[i], "allowed stages are " + string.Join(',', Stages));
            }
        }
    }

    public bool Matches(AuthorizationAttributes attributes)
    {
        if ((Users.Count > 0 && !Users.Contains(attributes.User.Name))
            || (UserGroups.Count > 0 && !UserGroups.Any(attributes.User.IsIn))
            || (Verbs.Count > 0 && !Verbs.Contains(attributes.Verb)))
        {
            return false;
        }

        if (Namespaces.Count > 0 || Resources.Count > 0)
        {
            // What has no namespace is in the one without a name.
            return attributes.IsResource
                && (Namespaces.Count == 0 || Namespaces.Contains(attributes.Namespace))
                && (Resources.Count == 0 || Resources.Any(each => each.Matches(attributes)));
        }

        return NonResourceUrls.Count == 0 || (!attributes.IsResource && NonResourceUrls.Any(url => IsPath(attributes.Path, url)));
    }

    private static bool IsPath(string path, string url) =>
        url == "*" || url == path || (url.EndsWith('*') && path.StartsWith(url.TrimEnd('*'), StringComparison.Ordinal));

    private void Validate(FieldPath path, string level, IReadOnlyList<string> stages, FieldErrors errors)
    {
        if (level.Length == 0)
        {
            errors.Required(path.Child("level"));
        }
        else if (!Levels.Contains(level))
        {
            errors.NotSupported(path.Child("level"), level, Levels);
        }

        for (var i = 0; i < NonResourceUrls.Count; i++)
        {
            CheckUrl(errors, path.Child("nonResourceURLs").Index(i), NonResourceUrls[i]);
        }

        foreach (var resources in Resources)
        {
            resources.Validate(path.Child("resources"), errors);
        }

        CheckStages(errors, path.Child("omitStages"), stages);
        if (NonResourceUrls.Count > 0 && (Resources.Count > 0 || Namespaces.Count > 0))
        {
            errors.InvalidPlain(path.Child("nonResourceURLs"), GoList(NonResourceUrls), "rules cannot apply to both regular resources and non-resource URLs");
        }
    }

    private static void CheckUrl(FieldErrors errors, FieldPath path, string url)
    {
        if (url == "*")
        {
            return;
        }

        if (!url.StartsWith('/'))
        {
            errors.Invalid(path, url, "non-resource URL rules must begin with a '/' character");
        }

        if (url.Length > 0 && url[..^1].Contains('*', StringComparison.Ordinal))
        {
            errors.Invalid(path, url, "non-resource URL wildcards '*' must be the final character of the rule");
        }
    }

    private static string GoList(IReadOnlyList<string> texts) => "[" + string.Join(',', texts.Select(GoSyntax.Quote)) + "]";

    /// <summary>Resources of one group; an empty list of names fits all of them.</summary>
    private sealed record GroupResources(string Group, IReadOnlyList<string> Names, IReadOnlyList<string> ObjectNames)
    {
        public static GroupResources Read(PolicyFields fields)
        {
            var read = new GroupResources(fields.Text("group"), fields.Texts("resources"), fields.Texts("resourceNames"));
            fields.RefuseOthers();
            return read;
        }

        public bool Matches(AuthorizationAttributes attributes) => Group == attributes.Group
            && (Names.Count == 0 || ((ObjectNames.Count == 0 || ObjectNames.Contains(attributes.Name)) && Names.Any(name => IsResource(name, attributes))));

        public void Validate(FieldPath path, FieldErrors errors)
        {
            if (Group.Length > 0 && NameFormats.DnsSubdomain(Group).ToList() is { Count: > 0 } problems)
            {
                errors.Invalid(path.Child("group"), Group, string.Join(',', problems));
            }

            if (ObjectNames.Count > 0 && Names.Count == 0)
            {
                errors.InvalidPlain(path.Child("resourceNames"), GoList(ObjectNames), "using resourceNames requires at least one resource");
            }
        }

        private static bool IsResource(string name, AuthorizationAttributes attributes) =>
            name == "*"
            || name == attributes.CombinedResource
            || (attributes.Subresource.Length > 0 && name == "*/" + attributes.Subresource)
            || (name.EndsWith("/*", StringComparison.Ordinal) && name[..^2] == attributes.Resource);
    }
}
