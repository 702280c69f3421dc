using Petrel.Client.Api;
using Petrel.Client.Events;
using Petrel.Client.Informers;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Framework;

/// <summary>What plugins are made with.</summary>
internal sealed record PluginServices(
    IApi Api, InformerFactory Informers, SeriesRecorder Events, NamespaceLabels Namespaces, WaitingPods Waiting, SchedulerOptions Options, TimeProvider Time);
