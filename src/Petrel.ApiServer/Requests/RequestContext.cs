using System.Collections.ObjectModel;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Fairness;

namespace Petrel.ApiServer.Requests;

/// <summary>What the pipeline has learnt about a request; the filters fill it in, the verbs read it.</summary>
public sealed class RequestContext
{
    /// <summary>Warning headers kept per request (upstream truncates, too).</summary>
    public const int WarningsMax = 50;

    /// <summary>Notes for the audit log kept per request.</summary>
    public const int AnnotationsMax = 200;

    private static readonly UserInfo Anonymous = new(SystemIdentities.AnonymousUser) { Groups = [SystemIdentities.UnauthenticatedGroup] };

    private readonly Lock _lock = new();

    // Few requests have any.
    private List<string>? _warnings;
    private Dictionary<string, string>? _annotations;
    private string? _auditId;

    /// <summary>Set by the request-info filter.</summary>
    public required RequestInfo Info { get; init; }

    /// <summary>Tells the request from all others, on this server and those it is passed on to.</summary>
    public string AuditId
    {
        get => _auditId ??= Guid.NewGuid().ToString();
        init => _auditId = value;
    }

    /// <summary>What the audit log is going to say of the request; null when nothing.</summary>
    internal AuditEvent? Audit { get; set; }

    /// <summary>What a request brought that could not prove who makes it; null for one that could.</summary>
    internal string? AuthenticationFailure { get; set; }

    /// <summary>Set by authentication; replaced by impersonation.</summary>
    public UserInfo User { get; set; } = Anonymous;

    /// <summary>How long the request may take in all; null for one that is meant to last.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>How long a watch lasts at least when it names no timeout; zero for ever.</summary>
    public TimeSpan StreamMinimum { get; set; }

    /// <summary>Bytes of the body that was read; null when none was.</summary>
    public long? BodyBytes { get; set; }

    /// <summary>Bytes of the objects that were sent.</summary>
    public long AnswerBytes { get; set; }

    /// <summary>The server ended the request to protect itself: there was no room, or it took too long.</summary>
    public bool WasTerminated { get; set; }

    /// <summary>The answer was broken off, so that its client does not take it for whole.</summary>
    public bool WasAborted { get; set; }

    /// <summary>Time in which others decided: webhooks of admission, and the queue of the priority level.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>When the request came to the filter that it is in, as a timestamp of the server's clock.</summary>
    internal long FilterStarted { get; set; }

    /// <summary>The request at its priority level; null where there are none.</summary>
    internal RunningRequest? Running { get; set; }

    public IReadOnlyList<string> Warnings => _warnings ?? [];

    /// <summary>What the audit log says about the request besides the request itself.</summary>
    public IReadOnlyDictionary<string, string> Annotations => (IReadOnlyDictionary<string, string>?)_annotations ?? ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The context of a request that passed the request-info filter.</summary>
    public static RequestContext Of(HttpContext context) =>
        context.Features.Get<RequestContext>() ?? throw new InvalidOperationException("The request has not passed the request-info filter");

    /// <summary>Adds to <see cref="Waited"/>; others may do so at the same time.</summary>
    public void AddWait(TimeSpan time)
    {
        lock (_lock)
        {
            Waited += time;
        }
    }

    /// <summary>Adds a Warning header to the answer (RFC 7234, code 299).</summary>
    public void Warn(string text)
    {
        lock (_lock)
        {
            _warnings ??= [];
            if (_warnings.Count < WarningsMax && !_warnings.Contains(text))
            {
                _warnings.Add(text);
            }
        }
    }

    /// <summary>Notes something in the audit log. The first value of a key stays.</summary>
    public void Annotate(string key, string value)
    {
        lock (_lock)
        {
            _annotations ??= new(StringComparer.Ordinal);
            if (_annotations.Count < AnnotationsMax)
            {
                _annotations.TryAdd(key, value);
            }
        }
    }
}
