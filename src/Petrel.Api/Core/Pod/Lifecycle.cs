using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Lifecycle")]
public sealed partial record Lifecycle
{
    /// <summary>Done when the container has started; if it fails the container is ended.</summary>
    [Field(1)]
    public LifecycleHandler? PostStart { get; init; }

    /// <summary>Done before the container is asked to end; its time counts as grace period.</summary>
    [Field(2)]
    public LifecycleHandler? PreStop { get; init; }

    /// <summary>Signal that asks the container to end; the image's, or SIGTERM, when left out.</summary>
    [Field(3, Enum = ["SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGRTMAX", "SIGRTMAX-1", "SIGRTMAX-10", "SIGRTMAX-11", "SIGRTMAX-12", "SIGRTMAX-13", "SIGRTMAX-14", "SIGRTMAX-2", "SIGRTMAX-3", "SIGRTMAX-4", "SIGRTMAX-5", "SIGRTMAX-6", "SIGRTMAX-7", "SIGRTMAX-8", "SIGRTMAX-9", "SIGRTMIN", "SIGRTMIN+1", "SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12", "SIGRTMIN+13", "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMIN+2", "SIGRTMIN+3", "SIGRTMIN+4", "SIGRTMIN+5", "SIGRTMIN+6", "SIGRTMIN+7", "SIGRTMIN+8", "SIGRTMIN+9", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ"])]
    public string? StopSignal { get; init; }

    internal Lifecycle WithDefaults() => this with { PostStart = PostStart?.WithDefaults(), PreStop = PreStop?.WithDefaults() };

    internal void Validate(long gracePeriodSeconds, FieldPath path, FieldErrors errors)
    {
        PostStart?.Validate(gracePeriodSeconds, path.Child("postStart"), errors);
        PreStop?.Validate(gracePeriodSeconds, path.Child("preStop"), errors);
    }
}
