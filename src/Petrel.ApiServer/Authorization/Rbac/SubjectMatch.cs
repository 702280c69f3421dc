using Petrel.Api;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>Whether a subject of a binding is a user.</summary>
internal static class SubjectMatch
{
    /// <summary>The first subject that is the user; null when none is.</summary>
    /// <param name="namespace">Namespace of the binding, which a service account without its own is in.</param>
    public static Subject? Find(ApiList<Subject> subjects, UserInfo user, string @namespace)
    {
        foreach (var subject in subjects)
        {
            if (Is(subject, user, @namespace))
            {
                return subject;
            }
        }

        return null;
    }

    /// <summary>A subject as reasons name it.</summary>
    public static string Describe(Subject subject) => subject.Kind switch
    {
        "ServiceAccount" => $"ServiceAccount \"{subject.Name}/{subject.Namespace}\"",
        _ => $"{subject.Kind} \"{subject.Name}\"",
    };

    private static bool Is(Subject subject, UserInfo user, string @namespace) => subject.Kind switch
    {
        "User" => user.Name == subject.Name,
        "Group" => user.IsIn(subject.Name),
        "ServiceAccount" => IsServiceAccount(subject, user, @namespace),
        _ => false,
    };

    private static bool IsServiceAccount(Subject subject, UserInfo user, string @namespace)
    {
        var scope = subject.Namespace.Length > 0 ? subject.Namespace : @namespace;
        return scope.Length > 0 && user.Name == SystemIdentities.ServiceAccountUser(scope, subject.Name);
    }
}
